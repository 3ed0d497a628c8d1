import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { passesFilters } from '../../../shared/events/filter';
import { filtersProperty } from '../../../shared/events/properties';
import type { Payload } from '../../../shared/events/types';
import { textAt } from '../../../shared/values/text';
import { COMPLETED } from '../../events/definitions';
import { REFS } from '../../events/schemas';
import { millisecondsOf } from '../../events/timestamp';
import { innovativeEducators } from '../../provider';
import { completionsOf } from './completions';
import { readLearners } from './learners';

const text = z.string().nullable();

const result = z
	.object({
		learner: text,
		isCompleted: z.boolean().nullable(),
		completedAt: text,
		courseId: text,
		courseTitle: text,
		roster: z.object({}).passthrough(),
	})
	.passthrough();

const fields: INodeProperties[] = [
	{
		displayName: 'Learners',
		name: 'learners',
		type: 'options',
		noDataExpression: true,
		default: 'items',
		description: 'Where the roster is',
		options: [
			{
				name: 'Input Binary Field',
				value: 'file',
				description: 'A CSV file in one of the input items',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'All input items that are no completion and hold no nightly file',
			},
			{ name: 'Text', value: 'text', description: 'CSV, copied cells of a spreadsheet, or a list' },
		],
	},
	{
		displayName: 'Roster',
		name: 'roster',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		required: true,
		placeholder: 'e.g. name,email',
		description:
			'The first line names the columns, which commas, semicolons or tabs separate. Or a list of addresses or IDs, with Learner Field empty.',
		displayOptions: { show: { learners: ['text'] } },
	},
	{
		displayName: 'Roster Binary Field',
		name: 'rosterBinaryPropertyName',
		type: 'string',
		default: 'roster',
		required: true,
		hint: 'The name of the input binary field that contains the roster',
		displayOptions: { show: { learners: ['file'] } },
	},
	{
		displayName: 'Learner Field',
		name: 'learnerField',
		type: 'string',
		default: 'email',
		placeholder: 'e.g. Student ID',
		description:
			'Field or column of the roster with what identifies the learner. Leave it empty if the roster is only a list of addresses or IDs.',
	},
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		default: 'user',
		description: 'What the roster and the completions have in common',
		options: [
			{ name: 'Email', value: 'user' },
			{
				name: 'External ID',
				value: 'userDetail.externalCustomerId',
				description: "The learner's ID in single sign-on",
			},
			...REFS.map((ref) => ({ name: ref, value: `userDetail.${ref}` })),
		],
	},
	{
		displayName: 'Ignore Leading Zeros',
		name: 'ignoreLeadingZeros',
		type: 'boolean',
		default: false,
		description: 'Whether 123 and 000123 are the same ID, as spreadsheets drop leading zeros',
		displayOptions: { hide: { matchBy: ['user'] } },
	},
	{
		displayName: 'Completions',
		name: 'completions',
		type: 'options',
		noDataExpression: true,
		default: 'file',
		description: 'Where the completions are',
		options: [
			{
				name: 'Input Binary Field',
				value: 'file',
				description: 'The nightly files of all input items',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'Input items that are completions, as other nodes of this package output them',
			},
		],
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the input binary field that contains the nightly file',
		displayOptions: { show: { completions: ['file'] } },
	},
	filtersProperty(innovativeEducators, 'never'),
	{
		displayName: 'Only Missing',
		name: 'onlyMissing',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out the learners who have completed a course',
	},
];

/** The latest completion of a learner. */
interface Completed {
	at: number;
	completedAt: string | null;
	courseId: string | null;
	courseTitle: string | null;
}

/** A text that the roster and the completions write alike. */
const keyOf = (value: string, ignoreLeadingZeros: boolean): string => {
	const key = value.normalize('NFC').trim().toLowerCase();
	return ignoreLeadingZeros ? key.replace(/^0+(?=.)/, '') : key;
};

/** A time that cannot be read counts as the earliest. */
const completedOf = (payload: Payload): Completed => {
	const completedAt = textAt(payload, 'timestamp');
	const at = completedAt === null ? NaN : millisecondsOf(completedAt);
	return {
		at: Number.isNaN(at) ? -Infinity : at,
		completedAt,
		courseId: textAt(payload, 'notifiableId'),
		courseTitle: textAt(payload, 'title'),
	};
};

/**
 * Compares a roster with completions: who has completed a course, and who is missing. It keeps the
 * roster in memory, and of the completions one for each learner.
 */
export const compare: Operation = {
	value: 'compare',
	name: 'Compare',
	action: 'Compare roster',
	description: 'Compare a list of learners with completions, to see who is missing',
	offline: true,
	isForAll: true,
	fields,
	schema: withListInfo(result),
	async run(context, index, hint) {
		const parameter = (name: string, fallback: unknown) =>
			context.getNodeParameter(name, index, fallback as IDataObject);
		const filters = parameter('filters', {}) as IDataObject;
		const path = parameter('matchBy', 'user') as string;
		const ignoreZeros = path !== 'user' && parameter('ignoreLeadingZeros', false) === true;
		const onlyMissing = parameter('onlyMissing', false) === true;
		const source = completionsOf(context);
		const learners = await readLearners(context, (item) => !source.holds(item));
		const latest = new Map<string, Completed | undefined>();
		for (const { value } of learners)
			if (value !== null) latest.set(keyOf(value, ignoreZeros), undefined);
		let read = 0;
		let hasValue = false;
		for await (const payload of source.read(hint)) {
			read++;
			const value = textAt(payload, path);
			hasValue ||= value !== null;
			const key = value === null ? '' : keyOf(value, ignoreZeros);
			if (!latest.has(key)) continue;
			if (!passesFilters({ event: COMPLETED, payload }, innovativeEducators.filters, filters))
				continue;
			const completed = completedOf(payload);
			const known = latest.get(key);
			if (!known || completed.at > known.at) latest.set(key, completed);
		}
		if (read === 0) hint('There are no completions to compare with, so every learner is missing.');
		else if (!hasValue) hint('No completion has what Match By names, so every learner is missing.');
		const without = learners.filter(({ value }) => value === null).length;
		if (without > 0)
			hint(
				`${without} of ${learners.length} learners have nothing in Learner Field: their isCompleted is null.`,
			);
		return learners
			.map(({ value, row, item }) => {
				const completed = value === null ? undefined : latest.get(keyOf(value, ignoreZeros));
				return {
					json: {
						learner: value,
						isCompleted: value === null ? null : completed !== undefined,
						completedAt: completed?.completedAt ?? null,
						courseId: completed?.courseId ?? null,
						courseTitle: completed?.courseTitle ?? null,
						roster: row,
					},
					pairedItem: { item },
				};
			})
			.filter(({ json }) => !json.isCompleted || !onlyMissing);
	},
};
