import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { TRIGGERS, withPinnedSamples } from '../docs/pins.mjs';
import { loader } from './core.mjs';

const PACKAGE = 'n8n-nodes-talent-events.';
const folder = new URL('../../examples/', import.meta.url);
const workflows = readdirSync(folder).filter((file) => file.endsWith('.json'));
const examples = workflows.map((file) => ({
	file,
	workflow: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
}));

describe.each(examples)('the example $file', ({ file, workflow }) => {
	it('uses nodes and credentials that the package has', () => {
		const { nodeTypes, credentialTypes } = loader;
		for (const { type, credentials = {} } of workflow.nodes) {
			if (!type.startsWith(PACKAGE)) continue;
			expect(Object.keys(nodeTypes)).toContain(type.slice(PACKAGE.length));
			for (const name of Object.keys(credentials))
				expect(Object.keys(credentialTypes)).toContain(name);
		}
	});

	it('contains no credentials', () => {
		for (const { credentials = {} } of workflow.nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toBe('');
		}
	});

	/** @type {any[]} */
	const triggers = workflow.nodes.filter((/** @type {any} */ { type }) => TRIGGERS[type]);
	const note = workflow.nodes.find(
		(/** @type {any} */ { type }) => type === 'n8n-nodes-base.stickyNote',
	).parameters.content;

	it('has the samples of its events pinned to each trigger of the package', () => {
		expect(withPinnedSamples(file.replace('.json', ''), workflow).pinData).toEqual(
			workflow.pinData,
		);
		for (const { name, type, parameters } of triggers) {
			const items = workflow.pinData[name].map((/** @type {any} */ { json }) => json);
			expect([...new Set(items.map((/** @type {any} */ { event }) => event))]).toEqual(
				[parameters.events].flat(),
			);
			for (const item of items) {
				expect(item.source).toBe('sample');
				itemSchema(TRIGGERS[type].blocks, z.object({}).passthrough()).parse(item);
			}
		}
	});

	// The others start by n8n's own schedule, or need what no sample replaces.
	if (triggers.length > 0)
		it('has a note whose steps begin with a run of the samples, for which a mail server is enough', () => {
			const [before] = note.split('**Execute workflow');
			expect(before).not.toBe(note);
			expect(before.slice(before.indexOf('\n1. '))).not.toMatch(/credential|API|secret|publish/i);
			const starts = [...note.matchAll(/\*\*Execute workflow(?: from ([^*]+))?\*\*/g)];
			const several = workflow.nodes.filter((/** @type {any} */ { type }) =>
				type.endsWith('rigger'),
			).length;
			// n8n's button begins with the first trigger of a service (2.41.1).
			expect(starts[0][1]).toBe(several > 1 ? triggers[0].name : undefined);
		});
});
