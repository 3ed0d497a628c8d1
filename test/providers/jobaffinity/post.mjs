import { parsed } from '../shared/body.mjs';
import { invalid, NOT_FOUND, ok, PERMISSION_DENIED } from './answers.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./world.mjs').World} World */

/**
 * What is wrong with the id of a record. That one which the user may not see is INVALID is
 * documented (responses); that one which does not exist is too, is inferred.
 *
 * @param {World} world
 * @param {'application' | 'candidate' | 'organisation'} kind
 * @param {unknown} id
 */
function wrongId({ account }, kind, id) {
	if (!Number.isInteger(id))
		return id === undefined ? 'This field is required' : 'Must be an integer';
	if (account.forbidden.has(Number(id))) return PERMISSION_DENIED;
	return account.find(kind, Number(id)) ? undefined : NOT_FOUND;
}

/** @param {Record<string, string | undefined>} sentences */
const wrongOf = (sentences) =>
	/** @type {import('./answers.mjs').Wrong} */ (
		Object.fromEntries(Object.entries(sentences).filter(([, sentence]) => sentence !== undefined))
	);

/** Says nothing of what was made (documented, step-add, note-add). @param {World} world */
const done = ({ settings }) =>
	ok(200, { _status: 'OK', ...(settings.postActions && { _actions: settings.postActions }) });

/** @param {World} world @param {unknown} applicationId @param {unknown} stepId */
function wrongStep({ account }, applicationId, stepId) {
	if (!Number.isInteger(stepId))
		return stepId === undefined ? 'This field is required' : 'Must be an integer';
	if (account.forbidden.has(Number(stepId))) return PERMISSION_DENIED;
	const application = account.find('application', Number(applicationId));
	const processes = application
		? [account.get('process', account.get('job', application.jobId).processId)]
		: account.processes;
	return processes.some(({ steps }) => steps.some(({ id }) => id === stepId))
		? undefined
		: NOT_FOUND;
}

/**
 * POST /step (documented, step-add). Unknown: steps of another process, here INVALID; illegal
 * transitions, here none.
 *
 * @param {Call} call
 */
export function moveStep({ world, body }) {
	const { account, settings } = world;
	const { application_id, process_step_id } = parsed(body);
	const wrong = wrongOf({
		application_id: wrongId(world, 'application', application_id),
		process_step_id: wrongStep(world, application_id, process_step_id),
	});
	if (Object.keys(wrong).length > 0) return invalid(wrong);
	const { id, step } = account.get('application', Number(application_id));
	const same = step.id === process_step_id;
	if (same && settings.sameStep === 'refuses')
		return invalid({ process_step_id: 'Already in this step' });
	if (!same || settings.sameStep === 'records') account.move(id, Number(process_step_id), 'api');
	return done(world);
}

/** Scripts and styles are taken out (documented, note-add); how is unknown. @param {string} html */
const cleaned = (html) =>
	html
		.replace(/<script\b[^>]*>[\s\S]*?<\/script\s*>/gi, '')
		.replace(/<\/?script\b[^>]*>/gi, '')
		.replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '');

/** POST /note (documented, note-add). Unknown: the most that a text may be. @param {Call} call */
export function addNote({ world, body }) {
	const { candidate_id, organisation_id, text } = parsed(body);
	const wrong = wrongOf({
		candidate_id: wrongId(world, 'candidate', candidate_id),
		organisation_id: wrongId(world, 'organisation', organisation_id),
		text: typeof text === 'string' && text !== '' ? undefined : 'This field is required',
	});
	if (Object.keys(wrong).length > 0) return invalid(wrong);
	const ids = { candidateId: Number(candidate_id), organisationId: Number(organisation_id) };
	world.account.note({ ...ids, text: cleaned(String(text)) });
	return done(world);
}
