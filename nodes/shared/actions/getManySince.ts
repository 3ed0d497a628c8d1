import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import sortBy from 'lodash/sortBy';
import type { ZodTypeAny } from 'zod';

import { markMissed, type WebhookTrigger } from '../events/backstop';
import { itemSchema } from '../events/contract';
import { processedKeys } from '../events/deduplicate';
import { ANY_EVENT, isSelected, passesFilters } from '../events/filter';
import { receivedNow, toItem } from '../events/item';
import { listenersOf } from '../events/listeners';
import { timeOf } from '../events/occurredOn';
import { MAX_EVENTS } from '../events/options';
import { mayBeIn, type PastEvents, type PastRequest, type TimeRange } from '../events/past';
import { filtersProperty, optionsProperty, triggerOnProperty } from '../events/properties';
import { destinationOf, leadsOn } from '../events/runScope';
import type { Event, EventSource, Payload, ProcessedKeys, ProviderInfo } from '../events/types';
import { redactWebhookUrls } from '../values/redact';
import { textsIn } from '../values/text';
import { limit, returnAll } from './fields';
import { limitOf } from './list';
import { LIMIT_REACHED, withListInfo } from './listInfo';
import type { Hint, Operation, Output } from './operation';
import { timeParameter } from './parameters';

/** In what a provider differs from the others. */
interface PastSource {
	/** With the events that a trigger of the provider can output. */
	provider: ProviderInfo;
	/** The types of events that can be read. */
	types: readonly string[];
	/** The node types of the triggers that output them, without the package. */
	triggers: readonly string[];
	/** The webhook trigger, if its deliveries bring these events. */
	webhook?: WebhookTrigger;
	description: string;
	/** What is read, and what cannot be. */
	notice: string;
	/** Fields at the beginning, such as where to read. */
	from?: readonly INodeProperties[];
	/** Fields of what to add to the events, as the triggers have them. */
	own?: readonly INodeProperties[];
	/** Options, as the triggers have them, in a collection of the same name. */
	options?: readonly INodeProperties[];
	/** The payload of the events, for the editor's preview. */
	payload: ZodTypeAny;
	/** Values of fields with which no credential is needed. */
	offlineWith?: Operation['offlineWith'];
	/** What is to be added to events, by the node's own parameters. */
	source(context: IExecuteFunctions): Pick<EventSource, 'provider' | 'addDetails'>;
	/**
	 * Reads events, roughly oldest first; more than what is in the range may come.
	 *
	 * @param deadline when to stop, in milliseconds since 1970
	 * @throws NodeApiError, NodeOperationError
	 */
	read(
		context: IExecuteFunctions,
		request: PastRequest,
		range: TimeRange,
		deadline: number,
	): PastEvents;
	/** The input item that an event comes from; the first unless given. */
	itemOf?(event: Event): number | undefined;
}

/** Reading takes no longer: 1,350 of the requests that JobAffinity allows. */
const MAX_READING_MS = 30 * 60_000;

/** How many events are compared with the record at a time. */
const COMPARED = 100;

/** How many titles a hint lists. */
const MOST_TITLES = 5;

const since: INodeProperties = {
	displayName: 'Since',
	name: 'since',
	type: 'dateTime',
	required: true,
	default: '',
	description:
		'The earliest time of an event, in the time zone of the workflow. Events whose time is unknown are taken as well.',
};

const until: INodeProperties = {
	displayName: 'Until',
	name: 'until',
	type: 'dateTime',
	default: '',
	description: 'The latest time of an event; leave it empty for now',
};

const onlyNew: INodeProperties = {
	displayName: 'Only What Has Not Run Yet',
	name: 'onlyNew',
	type: 'boolean',
	default: true,
	description:
		"Whether to skip what this workflow has run already, and record what is output as run. The record belongs to the workflow: put this node into the workflow of the trigger, with the trigger's next node behind it. Test runs of the whole workflow record as well; those that end earlier do not.",
};

const preview: INodeProperties = {
	displayName: 'Preview',
	name: 'preview',
	type: 'boolean',
	default: false,
	description:
		'Whether to only list what would run: nothing is recorded, and no node behind this one runs',
};

/** The events that can be read, as in Trigger On. */
function eventsField({ provider, types }: PastSource): INodeProperties {
	const readable = { ...provider, events: provider.events.filter((e) => types.includes(e.type)) };
	const field = triggerOnProperty(readable);
	const description = 'Every event that can be read, but for those that are derived from others';
	const options = (field.options as INodePropertyOptions[]).map((option) =>
		option.value === ANY_EVENT ? { ...option, description } : option,
	);
	return { ...field, displayName: 'Events', options };
}

/** Which events to read: those of the workflow's triggers, or others. */
const selectionFields = (past: PastSource): INodeProperties[] => {
	const { provider } = past;
	const isSelectedHere = { displayOptions: { show: { selectEvents: ['here'] } } };
	return [
		{
			displayName: 'Select Events',
			name: 'selectEvents',
			type: 'options',
			default: 'triggers',
			description: 'Which events to read',
			options: [
				{
					name: 'As the Triggers Do',
					value: 'triggers',
					description: `Those that the ${provider.label} triggers of this workflow listen to, with their filters and options`,
				},
				{ name: 'Here', value: 'here', description: 'Events and filters that you choose here' },
			],
		},
		{ ...eventsField(past), ...isSelectedHere },
		{ ...filtersProperty(provider, 'always'), ...isSelectedHere },
	];
};

const refuse = (context: IExecuteFunctions, message: string, description: string) =>
	new NodeOperationError(context.getNode(), message, { description });

/** @throws NodeOperationError unless there is a range */
function rangeOf(context: IExecuteFunctions): TimeRange {
	const from = timeParameter(context, 0, since);
	if (from === undefined)
		throw refuse(context, 'Since is empty', 'Choose from when on to read events.');
	const range = { since: from, until: timeParameter(context, 0, until) ?? Date.now() };
	if (range.since <= range.until) return range;
	throw refuse(context, 'Since is later than Until', 'Choose times in this order.');
}

/**
 * What the triggers of the workflow listen to.
 *
 * @throws NodeOperationError when there are none
 */
function requestOfTriggers(
	context: IExecuteFunctions,
	{ provider, triggers }: PastSource,
): PastRequest {
	const listeners = listenersOf(context, provider, triggers);
	if (listeners.length === 0)
		throw refuse(
			context,
			`This workflow has no ${provider.label} trigger`,
			'Put this node into the workflow of the trigger, or set Select Events to Here.',
		);
	return {
		wants: (type) => listeners.some((each) => each.wants(type)),
		accepts: (event) => listeners.some((each) => each.accepts(event)),
		options: Object.assign({}, ...listeners.map(({ settings }) => settings)) as IDataObject,
	};
}

function requestOfNode(context: IExecuteFunctions, { provider }: PastSource): PastRequest {
	const selected = textsIn(context.getNodeParameter('events', 0, []));
	const filters = context.getNodeParameter('filters', 0, {}) as IDataObject;
	const wants = (type: string) => isSelected(provider, type, selected);
	return {
		wants,
		accepts: (event) => wants(event.event) && passesFilters(event, provider.filters, filters),
		options: {},
	};
}

/** @throws NodeOperationError when none of the events that can be read is selected */
function requestOf(context: IExecuteFunctions, source: PastSource): PastRequest {
	const isHere = context.getNodeParameter('selectEvents', 0, 'triggers') === 'here';
	const request = isHere ? requestOfNode(context, source) : requestOfTriggers(context, source);
	if (!source.types.some(request.wants)) {
		const { events, label } = source.provider;
		const readable = events.filter(({ type }) => source.types.includes(type));
		throw refuse(
			context,
			isHere ? 'Events is empty' : `No ${label} trigger here listens to what can be read`,
			`Set Select Events to Here, and choose among: ${readable.map((e) => e.label).join(', ')}.`,
		);
	}
	const own = context.getNodeParameter('settings', 0, {}) as IDataObject;
	return { ...request, options: { ...request.options, ...own } };
}

/** What was read, and is to be output. */
interface Found {
	/** By key; each event once. */
	events: Event[];
	/** How many events of the range were read. */
	read: number;
	/** How many of them had run before. */
	known: number;
	/** Why these may not be all. */
	reasons: string[];
	/** Whether there are more than requested. */
	isCut: boolean;
}

/**
 * Reads the events of a range that are selected and, if the record is given, have not run. Reading
 * ends when there are more than requested.
 */
async function find(
	context: IExecuteFunctions,
	source: PastSource,
	most: number,
	processed: ProcessedKeys | undefined,
): Promise<Found> {
	const { provider } = source;
	const range = rangeOf(context);
	const request = requestOf(context, source);
	const reader = source.read(context, request, range, Date.now() + MAX_READING_MS);
	const fresh = new Map<string, Event>();
	const seen = new Set<string>();
	let known = 0;
	let compared: Event[] = [];
	async function compare() {
		const keys = compared.map(({ eventKey }) => eventKey);
		const recorded = (await processed?.recorded(keys)) ?? new Set<string>();
		known += recorded.size;
		for (const event of compared)
			if (!recorded.has(event.eventKey)) fresh.set(event.eventKey, event);
		compared = [];
		context.sendMessageToUI?.(
			`${provider.label}: ${seen.size} events read, ${fresh.size} of them to run`,
		);
	}
	const isWanted = (event: Event) =>
		!seen.has(event.eventKey) &&
		request.accepts(event) &&
		mayBeIn(provider.occurredAt(event.payload, event.extra), range);

	let reasons: string[] | undefined;
	while (reasons === undefined && fresh.size <= most) {
		const next = await reader.next();
		if (next.done) reasons = next.value;
		else if (isWanted(next.value)) {
			seen.add(next.value.eventKey);
			compared.push(next.value);
		}
		if (compared.length >= COMPARED || (next.done && compared.length > 0)) await compare();
	}
	if (reasons === undefined) await reader.return([]);
	const inOrder = sortBy([...fresh.values()], (event) => timeOf(provider, event));
	return {
		events: inOrder.slice(0, most),
		read: seen.size,
		known,
		reasons: reasons ?? [],
		isCut: fresh.size > most,
	};
}

/** Whether and why this run records nothing, beside that the user does not want it to. */
function whyUnrecorded(context: IExecuteFunctions): string | undefined {
	if (context.getNodeParameter('preview', 0, false) === true) return 'Preview is on';
	const last = context.getMode() === 'manual' ? destinationOf(context) : undefined;
	return last === undefined ? undefined : `This test run ends with "${last}"`;
}

/** What the editor shows beside the items. */
function showSummary(
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
function showPreview(context: IExecuteFunctions, provider: ProviderInfo, events: Event[]) {
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
function showUnrecordedTriggers(
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

/** Get Many Since: the events of a time range, as the trigger outputs them, to mend an outage. */
export function getManySinceOf(past: PastSource): Operation {
	const { provider, description, notice, from = [], own = [], options = [] } = past;
	async function run(context: IExecuteFunctions, _index: number, hint: Hint): Promise<Output[]> {
		const isCompared = context.getNodeParameter('onlyNew', 0, true) === true;
		const processed = isCompared
			? processedKeys(context, { eventsToRemember: MAX_EVENTS, windowMs: Infinity })
			: undefined;
		const unrecorded = whyUnrecorded(context);
		const found = await find(context, past, limitOf(context, 0), processed);
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
