import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';
import { z } from 'zod';

import { textAt } from '../../shared/values/text';
import type { PageCursor } from '../api/pagination';
import { changes } from './definitions';

const pageCursor: z.ZodType<PageCursor> = z.object({
	by: z.enum(['row', 'page']),
	position: z.number(),
	users: z.number(),
	children: z.number(),
	ids: z.array(z.string()),
});

/**
 * Where a poll begins. It is stored in n8n's static data and with every execution, so it is kept
 * small.
 */
export const userState = z.object({
	/** ID of the project; the state of one says nothing about another. */
	project: z.string(),
	/** Distinguishes this state from all others that there were or will be. */
	id: z.string(),
	/**
	 * The types of `changes` that are kept, each with an ID that distinguishes this time from an
	 * earlier one.
	 */
	kept: z.record(z.string()),
	/** What is stored of each user, by clogin_id; see `writeUser`. */
	users: z.record(z.string()),
	/** Names of statuses by ID, to show which one a user had. */
	statuses: z.record(z.string()),
	/** Whether users with an excluding status were requested. */
	withExcluded: z.boolean(),
	/**
	 * For how many readings of the whole list, at most, users who are not stored yet are not news.
	 */
	quiet: z.number(),
	/** Where to continue in the list after a poll that ran out of time. */
	from: pageCursor.optional(),
});

export type UserState = z.infer<typeof userState>;

/** What is stored of one of `changes`: its fields, and how often its event was reported. */
export interface FieldState {
	/** `null` for one that was never seen. */
	values: (string | null)[];
	reported: number;
}

/** Of a user who was never seen. */
export const unseenUser: readonly FieldState[] = changes.map(({ fields }) => ({
	values: fields.map(() => null),
	reported: 0,
}));

/**
 * What a record now has for each of `changes`. No documented value contains one of these
 * characters.
 */
export const valuesOf = (meta: IDataObject): (string | null)[][] =>
	changes.map(({ fields }) =>
		fields.map((field) => textAt(meta, field)?.replace(/[|/#]/g, '_') ?? null),
	);

const writeField = ({ values, reported }: FieldState): string =>
	values.every((value) => value === null)
		? ''
		: values.join('/') + (reported > 0 ? `#${reported}` : '');

/**
 * A user's part of what n8n stores, as one short text, e.g. `70001#2|1/1/1|120.00/20.00/100.00`.
 */
export const writeUser = (fields: readonly FieldState[]): string =>
	fields.map(writeField).join('|').replace(/\|+$/, '');

/** The opposite of `writeUser`. */
export function parseUser(text: string): FieldState[] {
	const parts = text.split('|');
	return unseenUser.map(({ values }, index) => {
		const [stored, reported] = (parts[index] ?? '').split('#');
		const fields = stored.split('/');
		return {
			values: values.map((_, field) => fields[field] || null),
			reported: Number(reported ?? 0),
		};
	});
}

/**
 * How often the list is read in full, at most, before users who are not stored are news. Once is
 * enough where it gives as many as Regpack counts; a list that moves while it is read hides some.
 */
const QUIET_READINGS = 10;

const newId = (): string => randomUUID().slice(0, 8);

/** What the trigger wants to be stored. */
interface StateRequest {
	project: string;
	withExcluded: boolean;
	/** Whether users who are there at the first poll are reported. */
	history: boolean;
	/** Which of `changes` are selected. */
	wants(type: string): boolean;
}

const emptyState = ({ project, withExcluded, history }: StateRequest): UserState => ({
	project,
	id: newId(),
	kept: {},
	users: {},
	statuses: {},
	withExcluded,
	quiet: history ? 0 : QUIET_READINGS,
});

/**
 * Excluded users who appear are not news, and in a list of other users a position means another
 * one.
 */
const relisted = (state: UserState, { withExcluded }: StateRequest): UserState => ({
	...state,
	withExcluded,
	quiet: withExcluded ? QUIET_READINGS : state.quiet,
	from: undefined,
});

/** The state without what is not selected: it would be out of date when it is selected again. */
function keepSelected(state: UserState, { wants }: StateRequest): UserState {
	const isKept = changes.map(({ type }) => wants(type));
	const kept = changes
		.filter(({ type }) => wants(type))
		.map(({ type }) => [type, state.kept[type] ?? newId()]);
	const isLess = Object.keys(state.kept).some((type) => !wants(type));
	const reduced = (text: string) =>
		writeUser(parseUser(text).map((field, index) => (isKept[index] ? field : unseenUser[index])));
	return {
		...state,
		kept: Object.fromEntries(kept),
		users: isLess ? mapValues(state.users, reduced) : state.users,
	};
}

/** The stored state; an empty one where there is none, or that of another project. */
export function restore(stored: UserState | undefined, request: StateRequest): UserState {
	const state = stored?.project === request.project ? stored : emptyState(request);
	return keepSelected(
		state.withExcluded === request.withExcluded ? state : relisted(state, request),
		request,
	);
}

/**
 * The state when the list has been read to its end, whether or not it had all users that Regpack
 * counts.
 */
export const afterReading = (state: UserState, isComplete: boolean): UserState => ({
	...state,
	from: undefined,
	quiet: isComplete ? 0 : Math.max(0, state.quiet - 1),
});
