import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import core from 'n8n-core';
import { runOperation } from '../core.mjs';

/** n8n-core's own copy, which holds its services. */
const { Container } = createRequire(createRequire(import.meta.url).resolve('n8n-core'))('@n8n/di');

/** @typedef {{ name: string, mimeType: string, content: Buffer }} File */

/**
 * Runs an operation of the node.
 *
 * @param {string} name as `resource:operation`
 * @param {Record<string, unknown>} [parameters]
 * @param {import('../core.mjs').Changes} [changes]
 */
export const run = (name, parameters, changes) =>
	runOperation({}, 'innovativeEducators', name, parameters, changes);

/** An item with a file that n8n holds in memory. @param {File} file @param {string} [field] */
export const inMemory = ({ name, mimeType, content }, field = 'data') => ({
	json: {},
	binary: { [field]: { fileName: name, mimeType, data: content.toString('base64') } },
});

/** n8n's file store on disk. */
export async function openStore() {
	const folder = mkdtempSync(join(tmpdir(), 'nightly-'));
	Object.assign(Container.get(core.BinaryDataConfig), {
		mode: 'filesystem',
		localStoragePath: folder,
	});
	const service = Container.get(core.BinaryDataService);
	await service.init();
	return {
		folder,
		/** An item with the ID of a stored file. @param {File} file */
		async stored({ name, mimeType, content }) {
			const data = await service.store(
				{ type: 'execution', workflowId: '1', executionId: '2' },
				content,
				{ fileName: name, mimeType, data: '' },
			);
			return { json: {}, binary: { data } };
		},
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
}
