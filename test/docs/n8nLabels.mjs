import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Labels of n8n's own editor and nodes that the documents name in bold. */
export const N8N_LABELS = [
	'Community nodes',
	'Execute Sub-workflow',
	'Execute step',
	'Execute workflow',
	'Executions',
	'Fetch Test Event',
	'Fixed',
	'From Email',
	'From file',
	'If',
	'Import',
	'Install',
	'n8n API',
	'On Error',
	'Poll Times',
	'Predefined Credential Type',
	'Production URL',
	'Publish',
	'Raw Body',
	'Remove Duplicates',
	'Remove Items Processed in Previous Executions',
	'Retry On Fail',
	'Send Email',
	'Settings',
	'Test URL',
	'To Email',
	'Webhook URLs',
];

/**
 * @param {string} folder that n8n is installed in
 * @returns {string[]} those of the labels that this n8n shows nowhere
 */
export function missingLabels(folder) {
	const inModules = (/** @type {string[]} */ ...path) => join(folder, 'node_modules', ...path);
	const assets = inModules('n8n-editor-ui', 'dist', 'assets');
	const files = [
		...readdirSync(assets)
			.filter((file) => file.endsWith('.js'))
			.map((file) => join(assets, file)),
		inModules('n8n-nodes-base', 'dist', 'types', 'nodes.json'),
		inModules('n8n-core', 'dist', 'nodes-loader', 'constants.js'),
	];
	const left = new Set(N8N_LABELS);
	for (const file of files) {
		const text = readFileSync(file, 'utf8');
		for (const label of left)
			if (['"', "'", '`'].some((quote) => text.includes(quote + label + quote))) left.delete(label);
	}
	return [...left];
}
