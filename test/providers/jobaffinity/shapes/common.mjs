import { dateOf, spacedOf } from '../dates.mjs';

/** @typedef {import('../world.mjs').World} World */
/** @typedef {import('../records.mjs').Kinds} Kinds */

/**
 * Of both editions (documented, process-get).
 *
 * @param {World} world
 * @param {Kinds['process']} process
 */
export const processOf = ({ account, links }, { id, name, organisationIds, steps }) => ({
	...links.envelope(`/process/${id}`, 'process'),
	id,
	name,
	organisations: {
		items: organisationIds.map((organisationId) => ({
			...account.get('organisation', organisationId),
		})),
	},
	steps: { items: steps.map((step) => ({ ...step })) },
});

/**
 * All that is known of a note is what it is made of (documented, note-add). Its shape is unknown.
 *
 * @param {World} world
 * @param {Kinds['note']} note
 */
export const noteOf = (
	{ account, links, settings },
	{ id, candidateId, organisationId, text, userId, at },
) => ({
	id,
	date: dateOf(at, settings.timeZone),
	text,
	candidate: { ...links.self(`/candidate/${candidateId}`), id: candidateId },
	organisation: { ...account.get('organisation', organisationId) },
	user: { ...account.get('user', userId) },
});

/**
 * The five fields (documented, webhooks).
 *
 * @param {World} world
 * @param {Kinds['webhookTask']} task
 */
export const webhookTaskOf = (
	{ links, settings },
	{ event, at, response_status, response_body, applicationId },
) => ({
	event,
	datetime: spacedOf(at, settings.timeZone),
	response_body,
	response_status,
	application: links.self(`/application/${applicationId}`),
});

/**
 * All that is documented of the items of GET /job (pagination).
 *
 * @param {World} world
 * @param {Kinds['job']} job
 */
export const thinJobOf = ({ links }, { id, title }) => ({ ...links.self(`/job/${id}`), id, title });

/**
 * The notes of a candidate: that there is a link is documented (cand-get, app-get), its path is
 * unknown.
 *
 * @param {World} world
 * @param {number} candidateId
 */
export const notesLink = ({ links }, candidateId) =>
	links.self(`/note?candidate_id=${candidateId}`);

/**
 * Absolute, or null without a CV (documented, app-get); the path is unknown.
 *
 * @param {World} world
 * @param {Kinds['application']} application
 */
export const cvUrlOf = ({ origin }, { id, cv }) =>
	cv ? `${origin()}/restapi/v1/application/${id}/cv` : null;
