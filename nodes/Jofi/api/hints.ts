import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * Warns in the editor that the output is made up. Every response to a test key has the mode `test`
 * (documented, api/api-keys); only assessments are real.
 */
export function addTestKeyHint(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): void {
	if (!items.some(({ json }) => json.mode === 'test')) return;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message:
			'The API key is a test key: JOFI makes up all records except assessments, and stores nothing. Use a live key for real records.',
	});
}
