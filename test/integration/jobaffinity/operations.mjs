import { resources } from '#dist/nodes/JobAffinity/resources/index.js';
import { byId } from './node.mjs';

/** @typedef {Record<string, unknown>} Parameters */

/**
 * Parameters that make each operation succeed.
 *
 * @type {Record<string, (ids: import('./node.mjs').Ids) => Parameters>}
 */
export const PARAMETERS = {
	'application:downloadCv': ({ application }) => ({ application: byId(application) }),
	'application:get': ({ application }) => ({ application: byId(application) }),
	'application:getAll': ({ job }) => ({ of: 'job', job: byId(job) }),
	'application:getCount': ({ job }) => ({ of: 'job', job: byId(job) }),
	'application:getProfile': ({ application }) => ({ application: byId(application) }),
	'candidate:get': ({ candidate }) => ({ candidate: byId(candidate) }),
	'candidate:getAll': () => ({}),
	'candidate:getCount': () => ({}),
	'candidate:getByEmail': () => ({ email: 'lea.noir@example.org' }),
	'job:get': ({ job }) => ({ job: byId(job) }),
	'job:getAll': () => ({}),
	'job:getCount': () => ({}),
	'process:get': ({ process }) => ({ process: byId(process) }),
};

/** Operations that have tests of their own, which say more of them. */
export const OTHERS = [
	'apiVersion:get',
	'event:getManySince',
	'event:getSample',
	'jobApplication:submit',
	'jobApplication:testAddress',
	'note:create',
	'note:getAll',
	'note:getCount',
	'stepChange:create',
	'stepChange:getAll',
	'stepChange:getCount',
	'webhook:explainDelivery',
	'webhook:getDeliveries',
	'webhook:getHealth',
	'webhook:getStatus',
	'webhook:sendTestEvent',
	'webhookCall:getAll',
	'webhookCall:getCount',
];

/** What the package has. */
export const OPERATIONS = resources.flatMap(({ value: resource, operations }) =>
	operations.map((operation) => ({ name: `${resource}:${operation.value}`, operation })),
);
