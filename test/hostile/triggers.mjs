import {
	innovativeEducators,
	innovativeEducatorsWebhooks,
} from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { jofi, jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { regpack, regpackWebhooks } from '#dist/nodes/Regpack/provider.js';

const PACKAGE = 'n8n-nodes-talent-events';

/**
 * What is to be in a valid delivery.
 *
 * @typedef {object} Draft
 * @property {string} id that no other event has
 * @property {number} count of events, where a delivery can hold several
 * @property {string} event of those that the provider has
 * @property {boolean} isForm where the provider sends forms
 * @property {string} note text for a field that no schema knows
 * @property {unknown} extra JSON for another one
 */
/**
 * @typedef {object} Valid a delivery of a provider, and the events that are in it
 * @property {string} body of a GET request the query
 * @property {string} contentType
 * @property {{ event: string, payload: unknown }[]} events
 */
/**
 * @typedef {object} Trigger
 * @property {string} name
 * @property {import('../../nodes/shared/webhook/source.js').WebhookSource} source
 * @property {'POST' | 'GET'} method
 * @property {string} type
 * @property {Record<string, unknown>} parameters
 * @property {boolean} skipsRepeats whether the process that received an event skips its repeat
 * @property {string[]} events that a delivery can be of
 * @property {(draft: Draft) => Valid} valid
 */

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** @param {{ events: readonly { type: string, sample: object }[] }} provider @param {string} type */
const sampleOf = ({ events }, type) =>
	structuredClone(/** @type {any} */ (events.find((event) => event.type === type)?.sample));

/** @param {unknown} value */
const asSent = (value) => JSON.parse(JSON.stringify(value));

/** @param {unknown} body @param {{ event: string, payload: unknown }[]} events */
const json = (body, events) => ({
	body: JSON.stringify(body),
	contentType: JSON_TYPE,
	events: events.map(({ event, payload }) => ({ event, payload: asSent(payload) })),
});

const COMPLETED = 'test_taker.assessment_completed';

/** @type {Trigger['valid']} */
function validOfJofi({ id, count, event, note, extra }) {
	const body = { ...sampleOf(jofi, event), id, note, extra };
	body.data.object.id = id;
	// Completions of one second, of which the event may be about any.
	if (event === COMPLETED)
		body.data.object.assigned_assessments = Array.from({ length: count }, (_, at) => ({
			id: at + 1,
			completed_at: body.created_at,
		}));
	const events = event === COMPLETED ? count : 1;
	return json(body, Array(events).fill({ event, payload: body }));
}

/** @type {Trigger['valid']} */
function validOfJobAffinity({ id, event, note, extra }) {
	const application = { _self: `/restapi/v1/application/${id}` };
	const payload = { event, application, note, extra };
	return json(payload, [{ event, payload }]);
}

/** @type {Trigger['valid']} */
function validOfRegpack({ id, count, event, isForm, note, extra }) {
	if (!isForm) {
		const sample = sampleOf(regpack, event);
		const people = Array.from({ length: count }, (_, at) => ({
			...{ ...sample, user_info: { ...sample.user_info, clogin_id: `${id}${at}` } },
			...{ note, extra },
		}));
		const body = count === 1 ? people[0] : people;
		return json(
			body,
			people.map((payload) => ({ event, payload })),
		);
	}
	const fields = new URLSearchParams([
		['user_info[clogin_id]', id],
		['meta_info[status_id]', '0'],
		// What begins like JSON would be read as JSON.
		['note', `:${note}`],
	]);
	const payload = {
		user_info: { clogin_id: id },
		meta_info: { status_id: '0' },
		note: fields.get('note'),
	};
	return { body: fields.toString(), contentType: FORM_TYPE, events: [{ event, payload }] };
}

/** @type {Trigger['valid']} */
function validOfInnovativeEducators({ id, count, event, isForm, note, extra }) {
	const completions = Array.from({ length: count }, (_, at) => ({
		...{ ...sampleOf(innovativeEducators, event), id: `${id}-${at}` },
		...{ note, extra },
	}));
	const several = isForm ? completions : { events: completions };
	return json(
		count === 1 ? completions[0] : several,
		completions.map((payload) => ({ event, payload })),
	);
}

/** The four webhook triggers; Regpack's for either method. @type {Trigger[]} */
export const TRIGGERS = [
	{
		name: 'JOFI',
		source: jofiWebhooks,
		method: 'POST',
		type: `${PACKAGE}.jofiTrigger`,
		parameters: { events: ['*'] },
		skipsRepeats: true,
		events: jofi.events
			.filter(({ derivedFrom }) => derivedFrom === undefined)
			.map(({ type }) => type),
		valid: validOfJofi,
	},
	{
		name: 'JobAffinity',
		source: jobaffinityWebhooks,
		method: 'POST',
		type: `${PACKAGE}.jobAffinityTrigger`,
		parameters: { events: ['*'], fetchDetails: false },
		skipsRepeats: false,
		events: ['ProcessStepChange'],
		valid: validOfJobAffinity,
	},
	{
		name: 'Regpack',
		source: regpackWebhooks,
		method: 'POST',
		type: `${PACKAGE}.regpackTrigger`,
		parameters: { events: 'user_registered' },
		skipsRepeats: false,
		events: ['user_registered'],
		valid: validOfRegpack,
	},
	{
		name: 'Regpack (GET)',
		source: regpackWebhooks,
		method: 'GET',
		type: `${PACKAGE}.regpackTrigger`,
		parameters: { events: 'login_success', settings: { httpMethod: 'GET' } },
		skipsRepeats: false,
		events: ['login_success'],
		valid: (draft) => validOfRegpack({ ...draft, isForm: true }),
	},
	{
		name: 'Innovative Educators',
		source: innovativeEducatorsWebhooks,
		method: 'POST',
		type: `${PACKAGE}.innovativeEducatorsTrigger`,
		parameters: { authentication: 'credential', events: ['*'] },
		skipsRepeats: true,
		events: ['courseCompletion'],
		valid: validOfInnovativeEducators,
	},
];

/** @param {string} name @returns {Trigger} */
export function triggerNamed(name) {
	const trigger = TRIGGERS.find((each) => each.name === name);
	if (!trigger) throw new Error(`There is no trigger ${name}.`);
	return trigger;
}
