import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * Tells a person at the editor that what they see is made up. JOFI labels every answer to a test key
 * with the mode `test` (documented, api/api-keys); of the assessments alone the data is real.
 */
export function hintAtTestKey(context: IExecuteFunctions, items: readonly INodeExecutionData[]): void {
	if (!items.some(({ json }) => json.mode === 'test')) return;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message:
			'The API key is a test key: JOFI makes up all records but assessments, and stores nothing. Use a live key for real ones.',
	});
}
