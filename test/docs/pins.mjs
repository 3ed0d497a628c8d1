/**
 * The sample events that are pinned to the triggers of the examples, so that Execute workflow shows
 * a whole run before anything is set up. `npm run docs` brings them up to date.
 */
import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobAffinityPolling } from '#dist/nodes/JobAffinity/polling/streams.js';
import { jobaffinity } from '#dist/nodes/JobAffinity/provider.js';
import { jofiPolling } from '#dist/nodes/Jofi/polling/streams.js';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { regpackPolling } from '#dist/nodes/Regpack/polling/streams.js';
import { regpack } from '#dist/nodes/Regpack/provider.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';

/** @typedef {import('../../nodes/shared/events/types.js').ProviderInfo} ProviderInfo */
/** @typedef {import('../host/workflow.mjs').WorkflowDraft} WorkflowDraft */

/** In which time zone the sample items' times are printed: n8n's own default. */
const timezone = 'America/New_York';

/** When the sample items came: after what their payloads say. @type {Record<string, string>} */
const RECEIVED = {
	jofi: '2026-02-03T13:05:13.102Z',
	jobaffinity: '2026-03-05T18:00:00.000Z',
	regpack: '2026-03-05T18:00:00.000Z',
	'innovative-educators': '2026-03-04T15:06:08.000Z',
};

/**
 * The triggers by node type, with the events that they know.
 *
 * @type {Record<string, ProviderInfo>}
 */
export const TRIGGERS = Object.fromEntries(
	Object.entries({
		jofiTrigger: jofi,
		jofiPollingTrigger: jofiPolling.provider,
		jobAffinityTrigger: jobaffinity,
		jobAffinityPollingTrigger: jobAffinityPolling.provider,
		regpackTrigger: regpack,
		regpackPollingTrigger: regpackPolling.provider,
		innovativeEducatorsTrigger: innovativeEducators,
	}).map(([name, provider]) => [`n8n-nodes-talent-events.${name}`, provider]),
);

/**
 * Where the sample as it stands would show nothing: what an example's payload has instead.
 *
 * @type {Record<string, (payload: any) => void>}
 */
const CHANGES = {
	/** It stops a form without a phone number; that values are in form_info is the example's guess. */
	'regpack-block-form-when-field-is-missing': (payload) => {
		payload.form_info = { guardian_phone: '' };
	},
};

/**
 * An example with the samples of its triggers' events pinned to them; what is pinned to other nodes
 * stays.
 *
 * @template {WorkflowDraft} W
 * @param {string} name without the extension
 * @param {W} workflow
 * @returns {W}
 */
export function withPinnedSamples(name, workflow) {
	const pinned = workflow.nodes.flatMap(({ name: node, type, parameters }) => {
		const provider = TRIGGERS[type];
		if (!provider) return [];
		const events = [parameters.events].flat().map(String);
		const changed = withChangedSamples(provider, events, CHANGES[name]);
		const reception = { receivedAt: RECEIVED[provider.name], timezone };
		const items = events.flatMap((event) => sampleItems(changed, event, reception));
		return [[node, items.map((json) => ({ json }))]];
	});
	const pinData = { ...workflow.pinData, ...Object.fromEntries(pinned) };
	return Object.keys(pinData).length === 0 ? workflow : { ...workflow, pinData };
}

/**
 * @param {ProviderInfo} provider
 * @param {string[]} types of the events to change
 * @param {((payload: any) => void) | undefined} change
 * @returns {ProviderInfo}
 */
function withChangedSamples(provider, types, change) {
	if (!change) return provider;
	const events = provider.events.map((event) => {
		if (!types.includes(event.type)) return event;
		const sample = structuredClone(event.sample);
		change(sample);
		return { ...event, sample };
	});
	return { ...provider, events };
}
