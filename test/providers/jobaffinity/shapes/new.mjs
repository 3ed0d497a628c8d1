import { dateOf, dateTimeOf } from '../dates.mjs';
import { asShown, changesShownBy } from '../lag.mjs';
import { cvUrlOf, notesLink } from './common.mjs';

/** @typedef {import('../world.mjs').World} World */
/** @typedef {import('../records.mjs').Kinds} Kinds */

/** Documented, cand-get. @param {World} world @param {Kinds['candidate']} candidate */
export const candidate = (world, { pools, hasAvatar, ...fields }) => ({
	...world.links.envelope(`/candidate/${fields.id}`, 'candidate'),
	...fields,
	applications: world.links.self(`/candidate/${fields.id}/application`),
	notes: notesLink(world, fields.id),
	// That there is a link is documented; its path is unknown.
	pools: {
		items: pools.map((name) => ({
			name,
			candidates: world.links.self(`/candidate?pool_name=${encodeURIComponent(name)}`),
		})),
	},
});

/** Documented, job-get. @param {World} world @param {Kinds['job']} job */
export function job(
	{ account, links, settings },
	{ at, ownerId, organisationId, attributes, processId, applyToken, ...fields },
) {
	return {
		...links.envelope(`/job/${fields.id}`, 'job'),
		...fields,
		applications: links.self(`/job/${fields.id}/application`),
		creation_date: dateOf(at, settings.timeZone),
		owner: { ...account.get('user', ownerId) },
		organisation: { ...account.get('organisation', organisationId) },
		attributes: { items: attributes },
		process: { ...links.self(`/process/${processId}`), id: processId },
		// Its path is unknown, and nothing is there.
		team: links.self(`/job/${fields.id}/team`),
	};
}

/**
 * What an application shows of candidate and job (documented, app-get).
 *
 * @param {World} world
 * @param {Kinds['application']} application
 */
function summaries({ account, links, settings }, { candidateId, jobId }) {
	const { title, first_name, last_name, email } = account.get('candidate', candidateId);
	return {
		candidate: {
			id: candidateId,
			...links.self(`/candidate/${candidateId}`),
			applications: links.self(`/candidate/${candidateId}/application`),
			...{ title, first_name, last_name, email },
		},
		job: {
			...links.self(`/job/${jobId}`),
			id: jobId,
			title: account.get('job', jobId).title,
			status: settings.jobStatusInApplication,
			applications: links.self(`/job/${jobId}/application`),
		},
	};
}

/**
 * What both an application and a step change show of it.
 *
 * @param {World} world
 * @param {Kinds['application']} application
 */
function core(world, application) {
	const { id, route, at, source, step } = asShown(world, application);
	return {
		id,
		date: dateTimeOf(at),
		route,
		latest_cv_url: cvUrlOf(world, application),
		...summaries(world, application),
		source,
		step: {
			id: step.id,
			name: step.name,
			status: step.status,
			date: dateOf(step.at, world.settings.timeZone),
		},
	};
}

/**
 * Documented, app-get. `latest_cv_url` is printed in `steps`, too. Unknown: the order of the
 * history.
 *
 * @param {World} world
 * @param {Kinds['application']} application
 */
export function application(world, application) {
	const { account, links, settings } = world;
	const changes = changesShownBy(world, application);
	const shown = settings.historyIncludesCurrent ? changes : changes.slice(0, -1);
	const items = (settings.historyOrder === 'newest' ? shown.reverse() : shown).map(
		({ step, at, userId }) => ({
			...step,
			date: dateOf(at, settings.timeZone),
			user: { ...account.get('user', userId) },
		}),
	);
	return {
		...links.envelope(`/application/${application.id}`, 'application'),
		...core(world, application),
		steps: { items, latest_cv_url: cvUrlOf(world, application) },
		notes: notesLink(world, application.candidateId),
	};
}

/**
 * Documented, step-list. That the application shows its step of now, not of the change, is
 * inferred.
 *
 * @param {World} world
 * @param {Kinds['stepChange']} change
 */
export const stepChange = (world, { change_id, at, step, userId, applicationId }) => ({
	change_id,
	date: dateOf(at, world.settings.timeZone),
	...step,
	user: { ...world.account.get('user', userId) },
	application: {
		...world.links.self(`/application/${applicationId}`),
		...core(world, world.account.get('application', applicationId)),
	},
});
