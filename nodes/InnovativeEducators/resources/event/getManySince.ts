import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { getManySinceOf } from '../../../shared/actions/getManySince';
import type { PastEvents, PastRequest, TimeRange } from '../../../shared/events/past';
import type { Event } from '../../../shared/events/types';
import { timeOf } from '../../api/pagination';
import { COMPLETED } from '../../events/definitions';
import {
	referenceNamesIn,
	referenceNamesProperty,
	withReferenceNames,
} from '../../events/references';
import { anyPayload } from '../../events/schemas';
import { innovativeEducators, innovativeEducatorsTrigger } from '../../provider';
import { binaryField, eventIn } from '../nightlyExport/parse';
import { checkCompletion, readRows } from '../nightlyExport/readRows';
import { SkippedRows } from '../nightlyExport/row';
import { apiOptions, readEvents } from '../readEvents';
import { eventOf } from '../selectEvents';

const readFrom: INodeProperties = {
	displayName: 'Read From',
	name: 'readFrom',
	type: 'options',
	default: 'nightlyFile',
	description: 'Where to read completions',
	options: [
		{
			name: 'Nightly File',
			value: 'nightlyFile',
			description: 'Nightly files, CSV or JSON, in a binary field of the input items',
		},
		{
			name: 'Thought Industries',
			value: 'api',
			description: 'The API of the platform, with a Thought Industries API credential',
		},
	],
};

/** The input item of each event of a file. */
const items = new WeakMap<Event, number>();

async function* readFiles(
	context: IExecuteFunctions,
	{ since, until }: TimeRange,
	named: (event: Event) => Event,
): PastEvents {
	const reasons: string[] = [];
	const field = context.getNodeParameter(binaryField.name, 0, binaryField.default) as string;
	for (const index of context.getInputData().keys()) {
		const file = context.helpers.assertBinaryData(index, field);
		const skipped = new SkippedRows();
		for await (const { rows } of readRows(context, file, index)) {
			for (const parsed of rows) {
				const row = checkCompletion(parsed);
				if ('reason' in row) skipped.add(row);
				else if (!(timeOf(row.payload) < since) && !(timeOf(row.payload) > until)) {
					const event = named(eventIn(row.payload));
					items.set(event, index);
					yield event;
				}
			}
		}
		const reason = skipped.hint(file.fileName ?? 'the file');
		if (reason) reasons.push(reason);
	}
	return reasons;
}

async function* readApi(context: IExecuteFunctions, named: (event: Event) => Event): PastEvents {
	const limits = { records: Infinity, pages: Infinity };
	const { records, partial } = await readEvents(context, 0, limits, COMPLETED, 'settings');
	for (const record of [...records].reverse()) yield named(eventOf(COMPLETED, record));
	return partial ? [partial.reason] : [];
}

function read(context: IExecuteFunctions, { options }: PastRequest, range: TimeRange): PastEvents {
	const names = referenceNamesIn((options as IDataObject).referenceNames);
	const named = (event: Event) => withReferenceNames(event, names);
	return context.getNodeParameter('readFrom', 0, 'nightlyFile') === 'api'
		? readApi(context, named)
		: readFiles(context, range, named);
}

export const getManySince = getManySinceOf({
	provider: innovativeEducators,
	types: [COMPLETED],
	triggers: [innovativeEducatorsTrigger.type],
	webhook: innovativeEducatorsTrigger,
	description:
		'Retrieve the completions of a time range from nightly files, or from Thought Industries, as the trigger outputs them',
	notice:
		'Innovative Educators documents no API. A nightly file has the completions of <b>one day</b>: give this node the files of all days of the range, as input items.',
	from: [readFrom, { ...binaryField, displayOptions: { show: { readFrom: ['nightlyFile'] } } }],
	options: [...apiOptions, referenceNamesProperty],
	payload: anyPayload,
	offlineWith: { readFrom: ['nightlyFile'] },
	source: () => ({ provider: innovativeEducators }),
	read,
	itemOf: (event) => items.get(event),
});
