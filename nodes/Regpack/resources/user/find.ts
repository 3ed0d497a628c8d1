import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import deburr from 'lodash/deburr';
import { z } from 'zod';

import {
	requestBody,
	requiredRow,
	tableProperties,
	textRow,
	type FieldTable,
} from '../../../shared/actions/fieldTable';
import { withListInfo, type PartialList } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { outputSchema, withOutput } from '../../../shared/actions/output';
import type { RecordOutput } from '../../../shared/actions/record';
import { parameterError } from '../../../shared/actions/parameters';
import { fullName } from '../../../shared/events/title';
import { MAX_READ, searchPages, SharedPages, type FoundPage } from '../../api/userLists';
import { personOf } from '../../events/person';
import { project } from '../fields';
import { records } from '../records';
import { keptPerExecution } from './byName';
import { selection } from './selection';

/** The most users that one search may read. */
const MAX_USERS = 100_000;

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'If Nobody Is Found',
			name: 'ifNotFound',
			type: 'options',
			default: 'continue',
			description: 'What to do when no user matches',
			options: [
				{ name: 'Continue', value: 'continue', description: 'Output an item whose found is false' },
				{ name: 'Stop', value: 'fail', description: 'Let this item fail' },
			],
		},
		{
			displayName: 'Stop at the First Match',
			name: 'stopAtFirst',
			type: 'boolean',
			default: true,
			description:
				'Whether to stop after the page of 50 that has a match, which saves requests. Turn it off to find everybody who matches.',
		},
		{
			displayName: 'Users to Read',
			name: 'maxUsers',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_USERS, numberPrecision: 0 },
			default: MAX_READ,
			description: 'How many users to read at most, 50 with each request',
		},
	],
};

const table: FieldTable = {
	main: [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			default: 'email',
			description: 'What to compare',
			options: [
				{ name: 'Email', value: 'email', description: 'The whole address, in any case' },
				{
					name: 'Name',
					value: 'name',
					description:
						'The name, which must contain all words, in any case and with or without accents',
				},
			],
		},
		requiredRow(
			textRow('email', 'Email', 'email', 'The address in the field main_email', {
				placeholder: 'e.g. name@email.com',
				displayOptions: { show: { findBy: ['email'] } },
			}),
		),
		requiredRow(
			textRow('name', 'Name', 'personName', 'First or last name, or both', {
				placeholder: 'e.g. Ada Sample',
				displayOptions: { show: { findBy: ['name'] } },
			}),
		),
		...selection([]),
		project,
	],
};

const plain = (text: string): string => deburr(text).toLowerCase().trim();

/** What is compared of a user; `null` where the record has none. */
function textOf(record: IDataObject, by: 'email' | 'name'): string | null {
	const { email = null, name, firstName, lastName } = personOf(record);
	const text = by === 'email' ? email : fullName(name, firstName, lastName);
	return text === null ? null : plain(text);
}

/** What a search has found, and how far it came. */
interface Result {
	matches: IDataObject[];
	/** Whether any user had what is compared. */
	isComparable: boolean;
	last?: FoundPage;
}

async function search(
	pages: SharedPages,
	by: 'email' | 'name',
	wanted: string,
	{ maxUsers, stopAtFirst }: { maxUsers: number; stopAtFirst: boolean },
): Promise<Result> {
	const words = plain(wanted).split(/\s+/);
	const isMatch = (text: string): boolean =>
		by === 'email' ? text === plain(wanted) : words.every((word) => text.includes(word));
	const result: Result = { matches: [], isComparable: false };
	for await (const page of pages.read()) {
		result.last = page;
		for (const record of page.users) {
			const text = textOf(record, by);
			if (text === null) continue;
			result.isComparable = true;
			if (isMatch(text)) result.matches.push(record);
		}
		if (page.read >= maxUsers || (stopAtFirst && result.matches.length > 0)) break;
	}
	return result;
}

/** Why the answer may be incomplete; `undefined` when it is not. */
function partialOf(
	{ matches, isComparable, last }: Result,
	by: 'email' | 'name',
	stopAtFirst: boolean,
): PartialList | undefined {
	if (!last || last.read === 0) return undefined;
	const { read, total, mayHaveMore, missing } = last;
	const counts = { total, returned: matches.length };
	if (!isComparable) {
		const what = by === 'email' ? 'an email address in main_email' : 'a name';
		return {
			...counts,
			reason: `None of the ${read} users that were read shows ${what}, so that nobody could be found by it.`,
		};
	}
	if (missing !== undefined)
		return { ...counts, reason: `${missing}. The others could not be read.` };
	if (!mayHaveMore) return undefined;
	return stopAtFirst && matches.length > 0
		? {
				...counts,
				isRequested: true,
				reason:
					'Reading stopped at the first match, so there may be more: turn off Stop at the First Match to find them.',
			}
		: {
				...counts,
				reason: `Only the first ${read} users were read, and there may be more: raise Users to Read.`,
			};
}

/** The pages of an execution, which all of its items search. */
const readPages = keptPerExecution<SharedPages>();

/** A user, or that nobody was found. */
const record: RecordOutput = {
	...records.user,
	schema: records.user.schema.extend({ found: z.boolean() }),
	derived: {
		shape: records.user.derived.shape,
		of: ({ found, ...user }) => (found === false ? {} : records.user.derived.of(user)),
	},
	always: ['found'],
};

/**
 * Finds users by reading the list (get_user_list, documented), as Regpack has no search (documented
 * by omission). It ends where it finds, or at a bound. That the list shows values of fields is
 * documented in newer copies of its page alone (getuserlist).
 */
const operation = withOutput({
	value: 'find',
	name: 'Find',
	action: 'Find user',
	description:
		'Find a user by email or name. Regpack has no search, so this reads the list of users, 50 with each request, until it finds somebody.',
	fields: [...tableProperties(table), options],
	record,
	async run(context: IExecuteFunctions, index, hint) {
		const { group_id: groupId, doc, ...rest } = requestBody(context, index, table);
		const by = rest.email === undefined ? 'name' : 'email';
		const wanted = String(rest[by]);
		const {
			ifNotFound,
			stopAtFirst = true,
			maxUsers,
		} = context.getNodeParameter(options.name, index, {}) as IDataObject;
		const bounds = {
			stopAtFirst: stopAtFirst !== false,
			maxUsers: Math.min(Math.max(1, Number(maxUsers ?? MAX_READ) || MAX_READ), MAX_USERS),
		};
		const fields = { first_name: true, last_name: true, main_email: true, ...(doc as IDataObject) };
		const pages = await readPages(
			context,
			[groupId, fields],
			async () =>
				new SharedPages(() => searchPages(context, { groupId, doc: fields, maxRead: MAX_USERS })),
		);
		const result = await search(pages, by, wanted, bounds);
		const partial = partialOf(result, by, bounds.stopAtFirst);
		if (partial) hint.partial(partial);
		if (result.matches.length === 0 && ifNotFound === 'fail') {
			throw parameterError(context, index)(
				`Nobody was found by the ${by} ${JSON.stringify(wanted).slice(0, 200)}`,
				partial?.reason ?? 'Check how it is written, and the project.',
			);
		}
		if (result.matches.length === 0) return { found: false };
		return result.matches.map((user) => ({ ...user, found: true }));
	},
});

export const find: Operation = { ...operation, schema: withListInfo(outputSchema(record)) };
