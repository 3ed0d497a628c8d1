import { dateTimeOf } from '../dates.mjs';
import { asShown } from '../lag.mjs';
import { cvUrlOf, notesLink } from './common.mjs';

/** @typedef {import('../world.mjs').World} World */
/** @typedef {import('../records.mjs').Kinds} Kinds */

/**
 * Documented, cand-get. That phone is the one at home is inferred.
 *
 * @param {World} world
 * @param {Kinds['candidate']} candidate
 */
export const candidate = (
	world,
	{ id, title, first_name, last_name, email, home_phone, mobile_phone, location, pools },
) => ({
	...world.links.envelope(`/candidate/${id}`, 'candidate'),
	...{ id, title, first_name, last_name, email },
	phone: home_phone,
	mobile: mobile_phone,
	address: location,
	applications: world.links.self(`/candidate/${id}/application`),
	notes: notesLink(world, id),
	pools: world.account.pools
		.filter(({ name }) => pools.includes(name))
		.map((pool) => ({ ...pool })),
});

/** Documented, job-get. @param {World} world @param {Kinds['job']} job */
export function job(
	{ account, links },
	{ id, title, status, reference, location, description, contract_type, term, ...ids },
) {
	const { longitude, latitude, ...address } = location;
	return {
		...links.envelope(`/job/${id}`, 'job'),
		...{ id, title, status },
		applications: links.self(`/job/${id}/application`),
		...{ reference, address, description, contract_type, term },
		organisation: { ...account.get('organisation', ids.organisationId) },
		process: links.self(`/process/${ids.processId}`),
		// Its path is unknown, and nothing is there.
		team: links.self(`/job/${id}/team`),
	};
}

/** Documented, app-get. @param {World} world @param {Kinds['application']} application */
export function application(world, application) {
	const { id, at, route, candidateId, jobId, step } = asShown(world, application);
	return {
		...world.links.envelope(`/application/${id}`, 'application'),
		id,
		date: dateTimeOf(at),
		route,
		latest_cv_url: cvUrlOf(world, application),
		candidate: world.links.self(`/candidate/${candidateId}`),
		job: world.links.self(`/job/${jobId}`),
		step: { id: step.id, name: step.name, status: step.status },
		notes: notesLink(world, candidateId),
	};
}

/**
 * Documented, step-list. Nothing is known to be at its `_self`.
 *
 * @param {World} world
 * @param {Kinds['stepChange']} change
 */
export const stepChange = (world, { change_id, at, step, userId, applicationId }) => ({
	...world.links.envelope(`/step/${change_id}`, 'step'),
	id: change_id,
	date: dateTimeOf(at),
	application: {
		...world.links.self(`/application/${applicationId}`),
		latest_cv_url: cvUrlOf(world, world.account.get('application', applicationId)),
	},
	step: { ...step },
	user: { ...world.account.get('user', userId) },
});
