import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';
import { z } from 'zod';

import { textAt } from '../../shared/values/text';
import type { PageCursor } from '../api/pagination';
import { changes } from './definitions';

/** See `Place`. */
const place: z.ZodType<PageCursor> = z.object({
	by: z.enum(['row', 'page']),
	position: z.number(),
	users: z.number(),
	children: z.number(),
	ids: z.array(z.string()),
});

const memory = z.object({
	/** ID of the project; what is known of one says nothing of another. */
	project: z.string(),
	/** Tells this memory from any that was or will be. */
	id: z.string(),
	/** The changes that are remembered, by type, with what tells this time from an earlier one. */
	kept: z.record(z.string()),
	/** What is remembered of each user, by clogin_id; see `write`. */
	users: z.record(z.string()),
	/** Names of statuses by ID, to say which one a user had. */
	statuses: z.record(z.string()),
	/** Whether users with an excluding status were asked for. */
	withExcluded: z.boolean(),
	/** For how many readings of the whole list, at most, users who are not known yet are no news. */
	quiet: z.number(),
	/** Where to go on in the list when a poll's time was not enough for it. */
	from: place.optional(),
});

/** Where a look begins. It is stored in n8n's static data and with every execution, so it is kept small. */
export type UserState = z.infer<typeof memory>;

/** What is remembered of one of `changes`: its fields, and how often its event was told. */
export interface FieldState {
	/** `null` for one that was never seen. */
	values: (string | null)[];
	told: number;
}

/** Of a user of whom nothing is known. */
export const unknown: readonly FieldState[] = changes.map(({ fields }) => ({ values: fields.map(() => null), told: 0 }));

/** What a record says now about each of `changes`. No documented value has one of these signs. */
export const valuesOf = (meta: IDataObject): (string | null)[][] =>
	changes.map(({ fields }) => fields.map((field) => textAt(meta, field)?.replace(/[|/#]/g, '_') ?? null));

const written = ({ values, told }: FieldState): string =>
	values.every((value) => value === null) ? '' : values.join('/') + (told > 0 ? `#${told}` : '');

/** In one short text, e.g. `70001#2|1/1/1|120.00/20.00/100.00`, each user's part of what n8n stores. */
export const write = (parts: readonly FieldState[]): string => parts.map(written).join('|').replace(/\|+$/, '');

export function read(text: string): FieldState[] {
	const parts = text.split('|');
	return unknown.map(({ values }, index) => {
		const [known, told] = (parts[index] ?? '').split('#');
		const fields = known.split('/');
		return { values: values.map((_, field) => fields[field] || null), told: Number(told ?? 0) };
	});
}

/**
 * How often the list is read in full, at most, before users who are not known are news. Once is enough where
 * it gives as many as Regpack counts; a list that moves while it is read hides some.
 */
const QUIET_READINGS = 10;

const newId = (): string => randomUUID().slice(0, 8);

/** What a look needs to know before it remembers. */
interface Asked {
	project: string;
	withExcluded: boolean;
	/** Whether users who are there at the first look are told. */
	history: boolean;
	/** Which of `changes` are asked for. */
	wants(type: string): boolean;
}

const begin = ({ project, withExcluded, history }: Asked): UserState => ({
	project,
	id: newId(),
	kept: {},
	users: {},
	statuses: {},
	withExcluded,
	quiet: history ? 0 : QUIET_READINGS,
});

/** Excluded users who come into sight are no news, and in a list of other users a position means another one. */
const relisted = (known: UserState, { withExcluded }: Asked): UserState => ({
	...known,
	withExcluded,
	quiet: withExcluded ? QUIET_READINGS : known.quiet,
	from: undefined,
});

/** Asked for again, what is not asked for now would be out of date: it is forgotten. */
function keepOnly(known: UserState, { wants }: Asked): UserState {
	const isKept = changes.map(({ type }) => wants(type));
	const kept = changes.filter(({ type }) => wants(type)).map(({ type }) => [type, known.kept[type] ?? newId()]);
	const isLess = Object.keys(known.kept).some((type) => !wants(type));
	const forgetful = (text: string) => write(read(text).map((part, index) => (isKept[index] ? part : unknown[index])));
	return { ...known, kept: Object.fromEntries(kept), users: isLess ? mapValues(known.users, forgetful) : known.users };
}

/** What is remembered of this project; nothing yet when that is of another, or of no version that is known. */
export function recall(stored: IDataObject, asked: Asked): UserState {
	const parsed = memory.safeParse(stored);
	const known = parsed.success && parsed.data.project === asked.project ? parsed.data : begin(asked);
	return keepOnly(known.withExcluded === asked.withExcluded ? known : relisted(known, asked), asked);
}

/** The memory when the list has been read to its end, whether or not all came that Regpack counts. */
export const readToEnd = (known: UserState, isComplete: boolean): UserState => ({
	...known,
	from: undefined,
	quiet: isComplete ? 0 : Math.max(0, known.quiet - 1),
});
