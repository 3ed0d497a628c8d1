import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { processedKeys } from '../../../shared/events/deduplicate';
import { passesFilters } from '../../../shared/events/filter';
import { identify } from '../../../shared/events/identify';
import { MAX_EVENTS } from '../../../shared/events/options';
import { recordsEvents } from '../../../shared/events/process';
import { filtersProperty } from '../../../shared/events/properties';
import { itemSchema } from '../../../shared/events/contract';
import { receivedNow, toItem, type Reception } from '../../../shared/events/item';
import type { Payload } from '../../../shared/events/types';
import { UTF_8 } from '../../../shared/values/encoding';
import { textAt } from '../../../shared/values/text';
import { COMPLETED, typeOf } from '../../events/definitions';
import { anyPayload } from '../../events/schemas';
import { innovativeEducators } from '../../provider';
import { readRows } from './readRows';
import { describeInvalidRow, SkippedRows, type ParsedRow } from './row';

const onInvalidRow: INodeProperties = {
	displayName: 'On Invalid Row',
	name: 'onInvalidRow',
	type: 'options',
	default: 'skip',
	description:
		'What to do with rows that cannot be parsed or are not course completions. JSON that is invalid always stops the node.',
	options: [
		{
			name: 'Output as Item',
			value: 'separate',
			description:
				'Output an item with error and message, which goes to the error output if On Error is set to use it',
		},
		{
			name: 'Skip',
			value: 'skip',
			description: 'Continue without the rows, and list them in a hint',
		},
		{ name: 'Stop', value: 'error', description: 'Stop at the first invalid row, without output' },
	],
};

const skipKnownEvents: INodeProperties = {
	displayName: 'Skip Known Events',
	name: 'skipKnownEvents',
	type: 'boolean',
	default: false,
	description:
		'Whether to skip completions that a trigger of this package in this workflow, or an earlier file, has already output. Test runs skip nothing.',
};

/**
 * Event keys by execution, because n8n's record treats an event that one execution records twice as
 * a repeated run.
 */
const outputKeys = new WeakMap<IExecuteFunctions, Set<string>>();

/**
 * The items that neither a trigger of the workflow nor an earlier file has output. It records their
 * keys as processed; an execution that retries this one has them again.
 */
async function selectNew(context: IExecuteFunctions, items: IDataObject[]): Promise<IDataObject[]> {
	if (!recordsEvents(context)) return items;
	const keys = items.flatMap(({ eventKey }) => (eventKey === undefined ? [] : [String(eventKey)]));
	// How many keys are kept is a setting of the triggers; a file must not push out any of them.
	const processed = processedKeys(context, { eventsToRemember: MAX_EVENTS, windowMs: Infinity });
	const newKeys = await processed.record(keys);
	const output = outputKeys.get(context) ?? new Set();
	outputKeys.set(context, output);
	return items.filter(({ eventKey }) => {
		if (eventKey === undefined) return true;
		const key = String(eventKey);
		const isNew = newKeys.has(key) && !output.has(key);
		output.add(key);
		return isNew;
	});
}

/** The file contains only completions (documented, sftp). */
function checkType(row: ParsedRow): ParsedRow {
	if ('reason' in row || typeOf(row.payload) === COMPLETED) return row;
	const { line, through, number } = row;
	return { line, through, number, reason: 'is not a course completion' };
}

/**
 * The item that the trigger outputs for the same event. It copies the payload, because a slice of a
 * chunk keeps the whole chunk in memory. Without an ID the key is derived from the row, and differs
 * from that of a delivery.
 */
function itemOf(payload: Payload, reception: Reception, extra?: IDataObject): IDataObject {
	const copy = JSON.parse(JSON.stringify(payload)) as Payload;
	const event = identify(innovativeEducators, {
		type: typeOf(copy),
		payload: copy,
		id: textAt(copy, 'id') ?? undefined,
		extra,
	});
	return toItem(innovativeEducators, event, reception);
}

const isAscii = (payload: Payload): boolean => /^[\0-\x7f]*$/.test(JSON.stringify(payload));

/**
 * Reads the nightly file (documented, sftp, event types), which contains the events that the
 * webhook missed.
 */
export const parse: Operation = {
	value: 'parse',
	name: 'Parse',
	action: 'Parse nightly export',
	description:
		"Read the nightly CSV or JSON file into the trigger's events, with the same event keys",
	offline: true,
	fields: [
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the input binary field that contains the file',
		},
		filtersProperty(innovativeEducators),
		skipKnownEvents,
		onInvalidRow,
	],
	schema: withListInfo(itemSchema(innovativeEducators.blocks, anyPayload).passthrough()),
	async run(context, index, hint) {
		const field = context.getNodeParameter('binaryPropertyName', index, 'data') as string;
		const filters = context.getNodeParameter('filters', index, {}) as IDataObject;
		const mode = context.getNodeParameter('onInvalidRow', index, 'skip') as string;
		const file = context.helpers.assertBinaryData(index, field);
		const fileName = file.fileName ?? 'the file';
		const reception = receivedNow(context, 'nightlyFile');
		const items: IDataObject[] = [];
		const skipped = new SkippedRows();
		const otherEncodings = new Set<string>();
		for await (const { rows, encoding } of readRows(context, file, index)) {
			if (encoding !== UTF_8) otherEncodings.add(encoding);
			for (const parsed of rows) {
				const row = checkType(parsed);
				if (!('reason' in row)) {
					const { payload } = row;
					if (!passesFilters({ event: COMPLETED, payload }, innovativeEducators.filters, filters))
						continue;
					const isOther = encoding !== UTF_8 && !isAscii(payload);
					items.push(itemOf(payload, reception, isOther ? { encoding } : undefined));
				} else if (mode === 'error') {
					throw parameterError(context, index)(
						describeInvalidRow(row),
						`Get ${fileName} again, or set On Invalid Row to Skip.`,
					);
				} else if (mode === 'separate') {
					items.push({
						error: describeInvalidRow(row),
						message: `The row was skipped in ${fileName}.`,
					});
				} else {
					skipped.add(row);
				}
			}
		}
		for (const encoding of otherEncodings)
			hint(
				`Not all of ${fileName} is UTF-8: the other lines were read as ${encoding}, and details of their items name the encoding.`,
			);
		const reason = skipped.hint(fileName);
		if (reason) hint.partial({ reason });
		return context.getNodeParameter('skipKnownEvents', index, false)
			? await selectNew(context, items)
			: items;
	},
};
