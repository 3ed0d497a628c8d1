import type { GenericValue, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FieldRow } from '../../../shared/actions/fieldTable';
import { nameInLocator } from '../../../shared/actions/resourceLocator';
import { isObject } from '../../../shared/values/json';
import { parseId } from '../../api/ids';

/** Stands in a request body for an ID that is yet to be found by its name. */
interface Named extends IDataObject {
	byName: string;
}

/** Converts a locator's value: the ID, or its name to look up before the request is sent. */
export const idOrName: NonNullable<FieldRow['convert']> = (label, value, refuse): GenericValue => {
	const name = nameInLocator(value);
	if (name === undefined) return parseId(label, value, refuse);
	return name === '' ? undefined : ({ byName: name } satisfies Named);
};

/** The name to look up; `undefined` where the ID was given. */
export const nameToFind = (value: unknown): string | undefined =>
	isObject(value) ? (value as Named).byName : undefined;

/** Names that differ in case and spaces alone are the same. */
export const isSameName = (one: string | null, other: string): boolean =>
	plainName(one) === plainName(other);

const plainName = (name: string | null): string =>
	(name ?? '').replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * Keeps what an execution has read, as several items often need the same. After a failure it is
 * read again.
 */
export function keptPerExecution<T>() {
	const kept = new WeakMap<IExecuteFunctions, Map<string, Promise<T>>>();
	return async (
		context: IExecuteFunctions,
		keys: readonly unknown[],
		read: () => Promise<T>,
	): Promise<T> => {
		const known = kept.get(context) ?? new Map<string, Promise<T>>();
		kept.set(context, known);
		const key = JSON.stringify(keys.map((each) => each ?? null));
		const reading = known.get(key) ?? read();
		known.set(key, reading);
		reading.catch(() => known.delete(key));
		return await reading;
	};
}
