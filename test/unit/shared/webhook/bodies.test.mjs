import { InnovativeEducatorsTrigger } from '#dist/nodes/InnovativeEducators/InnovativeEducatorsTrigger.node.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { JobAffinityTrigger } from '#dist/nodes/JobAffinity/JobAffinityTrigger.node.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { JofiTrigger } from '#dist/nodes/Jofi/JofiTrigger.node.js';
import { jofiWebhooks } from '#dist/nodes/Jofi/provider.js';
import { RegpackTrigger } from '#dist/nodes/Regpack/RegpackTrigger.node.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';

/**
 * n8n 2.41.1 evaluates `options.binaryData` with its engine for nodes of version 1 alone, and leaves
 * no body unread for any other.
 */
test.each(
	/** @type {const} */ ([
		[JofiTrigger, jofiWebhooks],
		[JobAffinityTrigger, jobaffinityWebhooks],
		[RegpackTrigger, regpackWebhooks],
		[InnovativeEducatorsTrigger, innovativeEducatorsWebhooks],
	]),
)('%p has the version whose bodies n8n reads as its provider sends them', (Trigger, { bodies }) => {
	const { version, properties } = new Trigger().description;
	const unread = properties
		.filter(({ name }) => name === 'options')
		.map(({ type, default: value }) => ({ type, value }));
	expect({ version, unread }).toEqual(
		bodies === 'json'
			? { version: 2, unread: [] }
			: { version: 1, unread: [{ type: 'hidden', value: { binaryData: true } }] },
	);
});
