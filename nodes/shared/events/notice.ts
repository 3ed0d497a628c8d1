import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { leadsOn } from './runScope';

/**
 * What a test run shows in place of an event that the trigger did not accept. It has nothing of the
 * delivery but names, so that no node takes it for an event.
 */
export interface Notice {
	accepted: false;
	/** What happened. */
	reason: string;
	/** What to do; empty if nothing. */
	howToFix: string;
	/** What to choose in the credential, by its labels; `null` if nothing. */
	settings: Record<string, string> | null;
}

/** A notice as the item of an execution. */
export const toNoticeItems = (notice: Notice): INodeExecutionData[] => [{ json: { ...notice } }];

/** The notice that an execution begins with; `undefined` if it begins with events. */
export function noticeIn(items: readonly INodeExecutionData[]): Notice | undefined {
	const [first] = items;
	return first?.json.accepted === false && first.json.unprocessed === undefined
		? (first.json as unknown as Notice)
		: undefined;
}

const LINE_BREAK = '<br />';

/** A line for each setting. */
const settingsInWords = ({ settings }: Notice): string[] =>
	Object.entries(settings ?? {}).map(
		([label, value]) => `${label}: ${value === '' ? '(empty)' : value}`,
	);

/**
 * Shows a notice to the person who tests. Where the trigger runs alone, as with Execute step, it is
 * an item and a hint. Where other nodes would run, it is an error, because n8n has no other way to
 * show it and not start them; anybody can have sent the delivery.
 *
 * @throws NodeOperationError
 */
export function showNotice(context: IExecuteFunctions, notice: Notice): INodeExecutionData[][] {
	const { reason, howToFix } = notice;
	const sentences = [reason, howToFix].filter(Boolean).join(' ');
	const message = [sentences, ...settingsInWords(notice)].join(LINE_BREAK);
	if (!leadsOn(context)) {
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		return [[{ json: { ...notice }, pairedItem: { item: 0 } }]];
	}
	if (context.continueOnFail()) {
		// n8n would hand the item on.
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		return [[]];
	}
	throw new NodeOperationError(context.getNode(), reason, {
		description: [howToFix, settingsInWords(notice).join(' · ')].filter(Boolean).join(LINE_BREAK),
	});
}
