import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import core from 'n8n-core';
import { built } from '../../unit/built.mjs';
import { loadPackage, runNode } from '../core.mjs';

/** n8n-core's own copy, which holds its services. */
const { Container } = createRequire(createRequire(import.meta.url).resolve('n8n-core'))('@n8n/di');

/** @typedef {{ name: string, mimeType: string, content: Buffer }} File */

/** @type {Promise<Awaited<ReturnType<typeof loadPackage>>> | undefined} */
let loading;

/**
 * Runs an operation of the node.
 *
 * @param {string} name as `resource:operation`
 * @param {Record<string, unknown>} [parameters]
 * @param {Partial<Parameters<typeof runNode>[0]> & { onError?: import('n8n-workflow').OnError }} [changes]
 */
export async function run(name, parameters = {}, { onError, ...changes } = {}) {
	loading ??= loadPackage();
	const [resource, operation] = name.split(':');
	const node = {
		type: 'innovativeEducators',
		parameters: /** @type {any} */ ({ resource, operation, ...parameters }),
		...(onError && { onError }),
	};
	const { output, ...rest } = await runNode({ loader: await loading, node, ...changes });
	return { ...rest, output, json: output.map(({ json }) => /** @type {any} */ (json)) };
}

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

/**
 * @type {{ resources: readonly import('../../../nodes/shared/actions/operation.js').Resource[] }}
 */
export const { resources } = built('./InnovativeEducators/resources/index.js');
