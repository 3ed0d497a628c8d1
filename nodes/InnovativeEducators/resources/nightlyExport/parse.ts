import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { itemSchema } from '../../../shared/events/contract';
import { passesFilters } from '../../../shared/events/filter';
import { receivedNow, toItem } from '../../../shared/events/item';
import { filtersProperty } from '../../../shared/events/properties';
import type { Event, Payload } from '../../../shared/events/types';
import { UTF_8 } from '../../../shared/values/encoding';
import { COMPLETED } from '../../events/definitions';
import { anyPayload } from '../../events/schemas';
import { innovativeEducators } from '../../provider';
import { eventOf, selectEvents, selectionFields } from '../selectEvents';
import { checkCompletion, readRows } from './readRows';
import { describeInvalidRow, SkippedRows } from './row';

export const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input binary field that contains the file',
};

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

/**
 * The event of a row. It copies the payload, because a slice of a chunk keeps the whole chunk in
 * memory.
 */
export function eventIn(payload: Payload, extra?: IDataObject): Event {
	const copy = JSON.parse(JSON.stringify(payload)) as Payload;
	return eventOf(COMPLETED, copy, extra);
}

/** What a row becomes: an event, or an item that says why it is none. */
type Outcome = Event | { error: string; message: string };

const isEvent = (outcome: Outcome): outcome is Event => 'eventKey' in outcome;

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
		binaryField,
		filtersProperty(innovativeEducators, 'never'),
		...selectionFields,
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
		const outcomes: Outcome[] = [];
		const skipped = new SkippedRows();
		const otherEncodings = new Set<string>();
		for await (const { rows, encoding } of readRows(context, file, index)) {
			if (encoding !== UTF_8) otherEncodings.add(encoding);
			for (const parsed of rows) {
				const row = checkCompletion(parsed);
				if (!('reason' in row)) {
					const { payload } = row;
					if (!passesFilters({ event: COMPLETED, payload }, innovativeEducators.filters, filters))
						continue;
					const isOther = encoding !== UTF_8 && !isAscii(payload);
					outcomes.push(eventIn(payload, isOther ? { encoding } : undefined));
				} else if (mode === 'error') {
					throw parameterError(context, index)(
						describeInvalidRow(row),
						`Get ${fileName} again, or set On Invalid Row to Skip.`,
					);
				} else if (mode === 'separate') {
					outcomes.push({
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
		const selected = await selectEvents(context, index, outcomes.filter(isEvent));
		return outcomes.flatMap((outcome) => {
			if (!isEvent(outcome)) return [outcome];
			const event = selected.get(outcome);
			return event ? [toItem(innovativeEducators, event, reception)] : [];
		});
	},
};
