import type { ParameterErrorFactory } from '../../shared/actions/parameters';
import { asText } from '../../shared/values/text';
import { isObject } from '../../shared/values/json';

/**
 * Regpack's IDs are sent as integers, while its responses hold them as text (documented, user; by
 * example, login). So both are accepted, also in a resource locator.
 *
 * @returns `undefined` when there is none
 * @throws NodeOperationError when it is anything else
 */
export function parseId(
	label: string,
	value: unknown,
	refuse: ParameterErrorFactory,
): number | undefined {
	const given = isObject(value) && value.__rl ? value.value : value;
	if (given === undefined || given === null || given === '') return undefined;
	const text = asText(given)?.trim() ?? '';
	if (/^\d{1,15}$/.test(text)) return Number(text);
	throw refuse(
		`${label} is not an ID`,
		`IDs are whole numbers; this is ${JSON.stringify(given).slice(0, 100)}.`,
	);
}
