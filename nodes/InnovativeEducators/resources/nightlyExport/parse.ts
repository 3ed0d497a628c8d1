import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/actions/operation';
import { withListInfo } from '../../../shared/actions/listInfo';
import { parameterError } from '../../../shared/actions/parameters';
import { processedKeys } from '../../../shared/events/deduplicate';
import type { Payload } from '../../../shared/events/types';
import { filtersProperty } from '../../../shared/events/properties';
import { textAt } from '../../../shared/values/text';
import { UTF_8 } from '../../../shared/values/encoding';
import { passesFilters } from '../../../shared/events/filter';
import { toItem } from '../../../shared/events/item';
import { recordsEvents, skipsDuplicates } from '../../../shared/events/process';
import { identify } from '../../../shared/events/identify';
import { MAX_EVENTS } from '../../../shared/events/options';
import { COMPLETED, typeOf } from '../../events/definitions';
import { isUnreadable, type ParsedRecord } from './types';
import { textsOf } from './readText';
import { readNightly } from './readRows';
import { SkippedRows, skippedRowsSentence } from './skippedRows';
import { innovativeEducators } from '../../provider';
import { completionItem } from '../../events/schemas';

const unreadableRows: INodeProperties = {
	displayName: 'On Invalid Row',
	name: 'unreadableRows',
	type: 'options',
	default: 'leaveOut',
	description: 'What to do with rows that are broken or that are no course completions',
	options: [
		{ name: 'Leave Out', value: 'leaveOut', description: 'Go on without them; a hint says which they are' },
		{
			name: 'Put Out as Items',
			value: 'putOut',
			description: 'Each becomes an item with error and message, which goes to the error output if On Error is set to use it',
		},
		{ name: 'Stop', value: 'stop', description: 'Stop at the first of them, and put nothing out' },
	],
};

const leaveOutKnown: INodeProperties = {
	displayName: 'Skip Known Events',
	name: 'leaveOutKnown',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out completions that a trigger of this package in this workflow, or an earlier file, has brought already. Test runs leave nothing out.',
};

/** What each execution has put out; n8n's record takes an event that comes twice in it for one that is run again. */
const putOut = new WeakMap<IExecuteFunctions, Set<string>>();

/**
 * Those of the items that no trigger of the workflow and no file has brought, in a retry by a person all; from
 * now on they are known.
 */
async function newOf(context: IExecuteFunctions, items: IDataObject[]): Promise<IDataObject[]> {
	if (!recordsEvents(context)) return items;
	const keyed = items.filter(({ eventKey }) => eventKey !== undefined);
	// How much is remembered is the triggers' setting; a file must not make anything be forgotten.
	const processed = processedKeys(context, { eventsToRemember: MAX_EVENTS, windowMs: Infinity });
	const fresh = await processed.record(keyed.map(({ eventKey }) => String(eventKey)));
	const before = putOut.get(context) ?? new Set();
	putOut.set(context, before);
	const passes = (key: string) => !skipsDuplicates(context) || fresh.has(key);
	return items.filter(({ eventKey }) => {
		if (eventKey === undefined) return true;
		const key = String(eventKey);
		const isNew = passes(key) && !before.has(key);
		before.add(key);
		return isNew;
	});
}

/** The file holds completions and nothing else (documented, sftp). */
function judged(found: ParsedRecord): ParsedRecord {
	if (isUnreadable(found) || typeOf(found.payload) === COMPLETED) return found;
	const { line, through, number } = found;
	return { line, through, number, reason: 'is not a course completion' };
}

/**
 * The item that the trigger makes of the same event. The payload is copied, because what was cut out of a piece of
 * the file keeps that whole piece in memory. Without an ID the key is made of the row, and differs from a delivery's.
 */
function itemOf(payload: Payload): IDataObject {
	const copy = JSON.parse(JSON.stringify(payload)) as Payload;
	return toItem(innovativeEducators, identify(innovativeEducators, { type: typeOf(copy), payload: copy, id: textAt(copy, 'id') ?? undefined }));
}

const isMoreThanAscii = (payload: Payload): boolean => /[^\0-\x7f]/.test(JSON.stringify(payload));

/** Reads the nightly file (documented, sftp, event types), which brings back what a webhook missed. */
export const parse: Operation = {
	value: 'parse',
	name: 'Parse',
	action: 'Parse nightly export',
	description: "Read the nightly CSV or JSON file into the trigger's events, with the same event keys",
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
		leaveOutKnown,
		unreadableRows,
	],
	schema: withListInfo(completionItem),
	async run(context, index, hint) {
		const field = context.getNodeParameter('binaryPropertyName', index, 'data') as string;
		const file = context.helpers.assertBinaryData(index, field);
		const fileName = file.fileName ?? 'the file';
		const filters = context.getNodeParameter('filters', index, {}) as IDataObject;
		const unreadable = context.getNodeParameter('unreadableRows', index, 'leaveOut') as string;
		const refuse = parameterError(context, index);
		const leftOut = new SkippedRows();
		const items: IDataObject[] = [];
		let encoding = UTF_8;
		const others = new Set<string>();
		const texts = textsOf(context, file, index, (each) => {
			encoding = each;
			if (each !== UTF_8) others.add(each);
		});
		for await (const batch of readNightly(texts, refuse)) {
			for (const found of batch.map(judged)) {
				if (!isUnreadable(found)) {
					const { payload } = found;
					const passes = passesFilters({ event: COMPLETED, payload }, innovativeEducators.filters, filters);
					if (passes) items.push({ ...itemOf(payload), ...(encoding !== UTF_8 && isMoreThanAscii(payload) && { encoding }) });
				} else if (unreadable === 'stop') {
					throw refuse(skippedRowsSentence(found), `Get ${fileName} again, or let the node leave such rows out.`);
				} else if (unreadable === 'putOut') {
					items.push({ error: skippedRowsSentence(found), message: `It was left out of ${fileName}.` });
				} else {
					leftOut.add(found);
				}
			}
		}
		for (const other of others) hint(`Not all of ${fileName} is UTF-8: such lines were read as ${other}, and their items have encoding.`);
		const sentence = leftOut.hint(fileName);
		if (sentence) hint.partial({ reason: sentence });
		return context.getNodeParameter('leaveOutKnown', index, false) ? await newOf(context, items) : items;
	},
};
