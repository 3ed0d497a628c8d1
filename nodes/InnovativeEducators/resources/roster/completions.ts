import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Hint } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import type { Payload } from '../../../shared/events/types';
import { isObject } from '../../../shared/values/json';
import { COMPLETED, typeOf } from '../../events/definitions';
import { innovativeEducators } from '../../provider';
import { checkCompletion, readRows } from '../nightlyExport/readRows';
import { SkippedRows } from '../nightlyExport/row';

/**
 * The completion that an item is: one of this package, or the object that Innovative Educators
 * sends; `undefined` for any other item.
 */
export function completionIn({ provider, payload, ...rest }: IDataObject): Payload | undefined {
	const isOwn = provider === innovativeEducators.name && isObject(payload);
	const body = isOwn ? payload : { provider, payload, ...rest };
	return typeOf(body) === COMPLETED ? body : undefined;
}

/** The indexes of the input items that have a file in a field. */
const itemsWithFile = (context: IExecuteFunctions, field: string): number[] =>
	[...context.getInputData().entries()]
		.filter(([, { binary }]) => binary?.[field])
		.map(([index]) => index);

/** Where completions come from: which input items hold them, and how they are read. */
interface Source {
	holds(item: number): boolean;
	read(hint: Hint): Iterable<Payload> | AsyncIterable<Payload>;
}

function fromItems(context: IExecuteFunctions): Source {
	const payloads = context.getInputData().map(({ json }) => completionIn(json));
	return {
		holds: (item) => payloads[item] !== undefined,
		read: () => payloads.filter((payload) => payload !== undefined),
	};
}

/** The nightly files of all input items: each holds one day only (documented, sftp). */
function fromFiles(context: IExecuteFunctions): Source {
	const field = context.getNodeParameter('binaryPropertyName', 0, 'data') as string;
	const items = itemsWithFile(context, field);
	if (items.length === 0) {
		throw parameterError(context, 0)(
			`No input item has a file in "${field}"`,
			'Enter the name of the field with the nightly file in Input Binary Field, or set Completions to Input Items.',
		);
	}
	return {
		holds: (item) => items.includes(item),
		async *read(hint) {
			for (const item of items) {
				const file = context.helpers.assertBinaryData(item, field);
				const skipped = new SkippedRows();
				for await (const { rows } of readRows(context, file, item)) {
					for (const parsed of rows) {
						const row = checkCompletion(parsed);
						if ('reason' in row) skipped.add(row);
						else yield row.payload;
					}
				}
				const reason = skipped.hint(file.fileName ?? 'the file');
				if (reason) hint.partial({ reason });
			}
		},
	};
}

/**
 * The completions to compare a roster with.
 *
 * @throws NodeOperationError when there is no file, or one that is no nightly file
 */
export const completionsOf = (context: IExecuteFunctions): Source =>
	context.getNodeParameter('completions', 0, 'file') === 'file'
		? fromFiles(context)
		: fromItems(context);
