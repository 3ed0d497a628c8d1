import type { IExecuteFunctions } from 'n8n-workflow';

import { markMissed } from '../events/backstop';
import { itemSchema } from '../events/contract';
import { processedKeys } from '../events/deduplicate';
import { receivedNow, toItem } from '../events/item';
import { MAX_EVENTS } from '../events/options';
import { optionsProperty } from '../events/properties';
import { leadsOn } from '../events/runScope';
import type { Payload } from '../events/types';
import { redactWebhookUrls } from '../values/redact';
import { limit, returnAll } from './fields';
import { limitOf } from './list';
import { LIMIT_REACHED, withListInfo } from './listInfo';
import type { Hint, Operation, Output } from './operation';
import { onlyNew, preview, selectionFields, since, until } from './past/fields';
import { findPast } from './past/find';
import { showPreview, showSummary, showUnrecordedTriggers, whyUnrecorded } from './past/hints';
import type { PastSource } from './past/source';

/** Get Many Since: the events of a time range, as the trigger outputs them, to mend an outage. */
export function getManySinceOf(past: PastSource): Operation {
	const { provider, description, notice, from = [], own = [], options = [] } = past;
	async function run(context: IExecuteFunctions, _index: number, hint: Hint): Promise<Output[]> {
		const isCompared = context.getNodeParameter('onlyNew', 0, true) === true;
		const processed = isCompared
			? processedKeys(context, { eventsToRemember: MAX_EVENTS, windowMs: Infinity })
			: undefined;
		const unrecorded = whyUnrecorded(context);
		const found = await findPast(context, past, limitOf(context, 0), processed);
		if (isCompared) showUnrecordedTriggers(context, past, hint);
		if (found.isCut) hint.partial({ reason: LIMIT_REACHED, isRequested: true });
		else if (found.reasons.length > 0) hint.partial({ reason: found.reasons.join(' ') });

		const isPreview = context.getNodeParameter('preview', 0, false) === true;
		if (isPreview && leadsOn(context)) {
			showPreview(context, provider, found.events);
			return [];
		}
		const keys = found.events.map(({ eventKey }) => eventKey);
		const fresh = new Set(unrecorded || !processed ? keys : await processed.record(keys));
		const chosen = found.events.filter(({ eventKey }) => fresh.has(eventKey));
		const marked = isCompared && past.webhook ? markMissed(context, past.webhook, chosen) : chosen;
		const events = marked.map((event) => ({
			...event,
			payload: redactWebhookUrls(event.payload) as Payload,
		}));
		showSummary(context, { ...found, events }, isCompared, unrecorded);
		let isOutput = false;
		try {
			const { provider: shaped, addDetails } = past.source(context);
			const detailed = addDetails ? await addDetails(context, events) : events;
			const reception = receivedNow(context, 'replay');
			const items = detailed.map((event, index) => ({
				json: toItem(shaped, event, reception),
				...(event.binary && { binary: event.binary }),
				pairedItem: { item: past.itemOf?.(chosen[index]) ?? 0 },
			}));
			isOutput = true;
			return items;
		} finally {
			if (!isOutput && !unrecorded) await processed?.takeBack([...fresh]);
		}
	}
	return {
		value: 'getManySince',
		name: 'Get Many Since',
		action: 'Get many events since time',
		description,
		isForAll: true,
		...(past.offlineWith && { offlineWith: past.offlineWith }),
		fields: [
			{ displayName: notice, name: 'pastNotice', type: 'notice', default: '' },
			...from,
			since,
			until,
			...selectionFields(past),
			onlyNew,
			preview,
			returnAll,
			limit,
			...own,
			...(options.length > 0 ? [optionsProperty(options)] : []),
		],
		schema: withListInfo(itemSchema(provider.blocks, past.payload).passthrough()),
		run,
	};
}
