import { readdirSync, readFileSync } from 'node:fs';
import { toItem } from '#dist/nodes/shared/events/item.js';
import { identify } from '#dist/nodes/shared/events/identify.js';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { loader } from './core.mjs';

const PACKAGE = 'n8n-nodes-talent-events.';
const folder = new URL('../../examples/', import.meta.url);
const workflows = readdirSync(folder).filter((file) => file.endsWith('.json'));
const examples = workflows.map((file) => ({
	file,
	workflow: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
}));

describe.each(examples)('the example $file', ({ workflow }) => {
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

	it('has pinned data that matches the output of its triggers', () => {
		for (const [{ json }] of Object.values(workflow.pinData ?? {})) {
			const { payload, source, receivedAt } = json;
			const event = identify(jofi, { type: payload.type, payload });
			const timezone = workflow.settings?.timezone ?? 'America/New_York';
			expect(json).toEqual(toItem(jofi, event, { source, receivedAt, timezone }));
		}
	});
});
