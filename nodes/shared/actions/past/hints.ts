import type { IExecuteFunctions } from 'n8n-workflow';

import { receivedNow, toItem } from '../../events/item';
import { listenersOf } from '../../events/listeners';
import { destinationOf } from '../../events/runScope';
import type { Event, ProviderInfo } from '../../events/types';
import type { Hint } from '../operation';
import type { Found } from './find';
import type { PastSource } from './source';

/** How many titles a hint lists. */
const MOST_TITLES = 5;

/** Whether and why this run records nothing, beside that the user does not want it to. */
export function whyUnrecorded(context: IExecuteFunctions): string | undefined {
	if (context.getNodeParameter('preview', 0, false) === true) return 'Preview is on';
	const last = context.getMode() === 'manual' ? destinationOf(context) : undefined;
	return last === undefined ? undefined : `This test run ends with "${last}"`;
}

/** What the editor shows beside the items. */
export function showSummary(
	context: IExecuteFunctions,
	{ events, read, known }: Found,
	isCompared: boolean,
	unrecorded: string | undefined,
) {
	const counted = isCompared
		? `${read} events were read, of which ${known} had run before; ${events.length} ${unrecorded ? 'would run' : 'run now and are recorded'}.`
		: `${read} events were read. What had run before was not skipped, and nothing is recorded.`;
	const why = isCompared && unrecorded ? ` ${unrecorded}, so nothing was recorded.` : '';
	context.addExecutionHints({ type: 'info', location: 'outputPane', message: counted + why });
}

/** Says what would have run, where no node must get it. */
export function showPreview(context: IExecuteFunctions, provider: ProviderInfo, events: Event[]) {
	const reception = receivedNow(context, 'replay');
	const titles = events
		.slice(0, MOST_TITLES)
		.map((event) => String(toItem(provider, event, reception).title));
	const more = events.length > MOST_TITLES ? ` and ${events.length - MOST_TITLES} more` : '';
	const list = events.length === 0 ? 'Nothing' : `${titles.join('; ')}${more}`;
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `Preview is on, so nothing is output to the next node. ${list} would run. Execute this node alone to see the items, or turn Preview off.`,
	});
}

/**
 * Events whose webhook trigger records none of what it runs, so that they seem not to have run.
 */
export function showUnrecordedTriggers(
	context: IExecuteFunctions,
	{ provider, triggers }: PastSource,
	hint: Hint,
) {
	const nodes = listenersOf(context, provider, triggers);
	if (nodes.length === 0)
		hint(
			`This workflow has no ${provider.label} trigger, so its record has only what this node output before.`,
		);
	for (const { node, isRecording } of nodes) {
		if (!isRecording)
			hint(
				`"${node.name}" does not record what it runs, so that runs again here: it needs Skip Duplicates, and Respond at Immediately.`,
			);
	}
}
