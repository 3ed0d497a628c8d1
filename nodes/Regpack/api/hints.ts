import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows in the editor why an item lacks details; each item says so itself. */
export const addDetailsHint = (context: IExecuteFunctions, reason: string): void =>
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `Not every item has its details, see details.error. ${reason}`,
	});
