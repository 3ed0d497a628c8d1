import type { INodeProperties } from 'n8n-workflow';
import get from 'lodash/get';

import type { Event, Payload } from '../../shared/events/types';
import { isObject } from '../../shared/values/json';
import { asText, textAt } from '../../shared/values/text';
import { REFS } from './schemas';

/** There are ten references, and a name takes room in every item. */
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 60;

/** Names with a meaning in JavaScript, which n8n's expressions refuse to read. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** Names for `ref1` to `ref10`, as an option or a parameter. */
export const referenceNamesProperty: INodeProperties = {
	displayName: 'Reference Names',
	name: 'referenceNames',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Name' },
	placeholder: 'Add Name',
	default: {},
	description:
		'What your institution sends as ref1 to ref10 in single sign-on. Items have the values under these names in references.',
	options: [
		{
			displayName: 'Reference',
			name: 'values',
			values: [
				{
					displayName: 'Reference',
					name: 'ref',
					type: 'options',
					default: 'ref1',
					options: REFS.map((ref) => ({ name: ref, value: ref })),
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Student ID',
				},
			],
		},
	],
};

/** The reference that each name stands for. */
export type ReferenceNames = Record<string, string>;

/** A name in one line and of bounded length; empty if it cannot be one. */
function cleanName(name: unknown): string {
	const line = (asText(name) ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
	const short = [...line].slice(0, MAX_NAME_LENGTH).join('').trim();
	return RESERVED.includes(short) ? '' : short;
}

/**
 * The names in the parameter's value. Entries that name nothing are left out; of two with the same
 * name the first counts.
 */
export function referenceNamesIn(value: unknown): ReferenceNames {
	const names = new Map<string, string>();
	for (const entry of [get(value, 'values') ?? []].flat().slice(0, MAX_NAMES) as unknown[]) {
		const { ref, name } = (isObject(entry) ? entry : {}) as Payload;
		const clean = cleanName(name);
		if (clean !== '' && REFS.includes(String(ref)) && !names.has(clean))
			names.set(clean, String(ref));
	}
	return Object.fromEntries(names);
}

/** The event with the names for its references, which its key has nothing to do with. */
export const withReferenceNames = (event: Event, references: ReferenceNames): Event =>
	Object.keys(references).length === 0
		? event
		: { ...event, extra: { ...event.extra, references } };

/** The values of an event's references under the user's names; without names there are none. */
export const referencesOf = (
	{ userDetail }: Payload,
	extra?: Payload,
): Record<string, string | null> =>
	Object.fromEntries(
		Object.entries((extra?.references ?? {}) as ReferenceNames).map(([name, ref]) => [
			name,
			textAt(userDetail, ref),
		]),
	);
