import { resources } from '#dist/nodes/Jofi/resources/index.js';
import { IDS } from './node.mjs';

const invitation = {
	inviter: 'robin.hale@example.com',
	firstName: 'Avery',
	lastName: 'Stone',
	email: 'avery@example.org',
};
const scoreProfile = IDS.scoreProfile;

/** What writes is refused with a test key unless that is accepted. */
const options = { acceptTestKey: true };

/**
 * Parameters that make each operation succeed, with a key of either mode.
 *
 * @type {Record<string, Record<string, unknown>>}
 */
export const PARAMETERS = {
	'account:get': {},
	'assessment:getAll': {},
	'assessment:getCount': {},
	'careerNavigationProfile:get': { careerNavigationProfile: IDS.profile },
	'careerNavigationProfile:getAll': {},
	'careerNavigationProfile:getCount': {},
	'emailTemplate:getAll': {},
	'emailTemplate:getCount': {},
	'event:getSample': {},
	'invitation:create': { ...invitation, options },
	'invitation:createMany': { ...invitation, options },
	'invitation:get': { invitation: IDS.open },
	'invitation:getAll': {},
	'invitation:getCount': {},
	'invitation:getPending': { olderThanDays: 0 },
	'invitation:update': { invitation: IDS.open, updateFields: { firstName: 'Alex' }, options },
	'scoreProfile:getAll': {},
	'scoreProfile:getCount': {},
	'team:getAll': {},
	'team:getCount': {},
	'testTaker:get': { testTaker: IDS.finished },
	'testTaker:getAll': {},
	'testTaker:getCompletionReport': {},
	'testTaker:getCount': {},
	'testTaker:getJobFitReport': { testTaker: IDS.finished },
	'testTaker:getScorecard': { testTaker: IDS.finished, scoreProfile },
	'user:getAll': {},
	'user:getCount': {},
	'webhook:getStatus': {},
};

/** What the package has, without what is the same at every provider and is tested there. */
export const OPERATIONS = resources.flatMap(({ value: resource, operations }) =>
	operations
		.filter(({ offline }) => resource !== 'webhook' || !offline)
		.map((operation) => ({ name: `${resource}:${operation.value}`, operation }))
		// It runs once for all items, and has tests of its own.
		.filter(({ name }) => name !== 'event:getManySince'),
);

/** The operations with this parameter. @param {string} parameter */
export const having = (parameter) =>
	OPERATIONS.filter(({ operation }) => operation.fields.some(({ name }) => name === parameter)).map(
		({ name }) => name,
	);
