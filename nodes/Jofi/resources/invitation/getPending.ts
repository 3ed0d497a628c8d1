import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { path } from '../../../shared/http/path';
import { READS_AT_ONCE, readAhead } from '../../../shared/http/readAhead';
import { textAt } from '../../../shared/values/text';
import { invitationResponse } from '../../api/responseSchemas';
import { find, list, type List } from '../../api/transport';

const DAY_MS = 24 * 60 * 60_000;

/** The most invitations that one run reads by their IDs; JOFI lists a few dozen. */
const MOST_READ = 200;

/**
 * When an invitation was created, if it shows that. An invitation's documented keys have no such time
 * (api/integration-flow); `created_at` is that of other objects, and a test taker calls its
 * invitation's `invitation_created_at` (documented, docs/test-takers).
 */
const createdAtOf = (record: IDataObject): string | null =>
	textAt(record, 'created_at') ?? textAt(record, 'invitation_created_at');

const isOpen = (record: IDataObject): boolean =>
	textAt(record, 'accepted_at') === null && textAt(record, 'test_taker_id') === null;

/** Whether a listed invitation shows all that is needed; which keys it has is not documented. */
const isEnough = (record: IDataObject): boolean =>
	'accepted_at' in record && createdAtOf(record) !== null;

/** When the invitations were created that are known to be accepted, by ID, as test takers show it. */
const acceptedIn = ({ records }: List): Map<string, string | null> =>
	new Map(
		records.map((record) => [
			textAt(record, 'invitation_id') ?? '',
			textAt(record, 'invitation_created_at'),
		]),
	);

/**
 * The latest time at which each invitation can have been created, in milliseconds since 1970: that of
 * a newer one, whose time is known. The list begins with the newest, which is inferred; so if the
 * known times contradict that, nothing is concluded.
 *
 * @param times in the order of the list; `NaN` where it is unknown
 */
function latestPossible(times: readonly number[]): number[] {
	const known = times.filter((time) => !Number.isNaN(time));
	const isNewestFirst = known.every((time, index) => index === 0 || time <= known[index - 1]);
	let newer = NaN;
	return times.map((time) => {
		const latest = newer;
		if (isNewestFirst && !Number.isNaN(time)) newer = time;
		return latest;
	});
}

/** A pending invitation, and what is known of its age. */
interface Pending {
	record: IDataObject;
	createdAt: string | null;
	/** Milliseconds since 1970; `NaN` if unknown. */
	latest: number;
}

/** The invitations that are not accepted, newest first, read by ID where the list is not enough. */
async function readPending(context: IExecuteFunctions, invitations: List, testTakers: List) {
	const accepted = acceptedIn(testTakers);
	const idOf = (record: IDataObject) => textAt(record, 'id') ?? '';
	const listed = invitations.records;
	const candidates = listed.filter((record) => isOpen(record) && !accepted.has(idOf(record)));
	const toRead = candidates.filter((record) => !isEnough(record) && idOf(record) !== '');
	const full = new Map<IDataObject, IDataObject | undefined>();
	const reading = readAhead(
		toRead.slice(0, MOST_READ),
		READS_AT_ONCE,
		async (record) => await find(context, path`/invitations/${idOf(record)}`),
	);
	for await (const [record, result] of reading) {
		const found = await result;
		// With a test key, an ID may lead to any made-up record.
		const isOther = found !== undefined && idOf(found) !== idOf(record);
		full.set(record, isOther ? record : found);
	}

	const merged = listed.map((record) => ({ ...record, ...full.get(record) }));
	const latest = latestPossible(
		merged.map((record) => Date.parse(createdAtOf(record) ?? accepted.get(idOf(record)) ?? '')),
	);
	const isCandidate = new Set(candidates);
	return {
		pending: merged.flatMap((record, index): Pending[] => {
			const isGone = full.has(listed[index]) && full.get(listed[index]) === undefined;
			if (!isCandidate.has(listed[index]) || isGone || !isOpen(record)) return [];
			return [{ record, createdAt: createdAtOf(record), latest: latest[index] }];
		}),
		unread: Math.max(0, toRead.length - MOST_READ),
	};
}

/** What is known of an invitation's age, as the fields of an item. */
function ageOf({ createdAt, latest }: Pending, now: number) {
	const created = Date.parse(createdAt ?? '');
	const isKnown = !Number.isNaN(created);
	const at = isKnown ? created : latest;
	return {
		createdAt: isKnown ? createdAt : null,
		createdBefore: isKnown || Number.isNaN(latest) ? null : new Date(latest).toISOString(),
		ageDays: Number.isNaN(at) ? null : Math.max(0, Math.floor((now - at) / DAY_MS)),
		ageFrom: isKnown ? 'createdAt' : Number.isNaN(at) ? null : 'newerInvitation',
	};
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What is left out, and why, as sentences. */
function leftOut({ hasMore, records }: List, unknown: number, unread: number): string[] {
	return [
		...(hasMore
			? [
					`JOFI returned only its newest ${plural(records.length, 'invitation')}. Its API has no paging, so older ones that are pending cannot be found.`,
				]
			: []),
		...(unknown > 0
			? [
					`Left out: ${plural(unknown, 'pending invitation')} of unknown age, as JOFI does not show when they were created. Turn on Include Unknown Age to get all.`,
				]
			: []),
		...(unread > 0
			? [`Left out: ${plural(unread, 'invitation')}, as one run reads ${MOST_READ} at most.`]
			: []),
	];
}

/**
 * Get Pending: the invitations that nobody has accepted, of a certain age, such as for reminders. JOFI
 * has no route for it, so it is put together from its lists: GET /invitations and GET /test-takers.
 */
export const getPending: Operation = {
	value: 'getPending',
	name: 'Get Pending',
	action: 'Get pending invitations',
	description:
		'Retrieve invitations that nobody has accepted, such as for reminders. 2 requests, and 1 for each pending invitation whose list entry does not show enough.',
	fields: [
		{
			displayName: 'Older Than (Days)',
			name: 'olderThanDays',
			type: 'number',
			default: 7,
			typeOptions: { minValue: 0 },
			description:
				'How many days ago they were created, at least; a reminder that you sent does not count. 0 returns all.',
			hint: 'JOFI does not document that invitations show when they were created. If they do not, the age comes from newer invitations whose time is known.',
		},
		{
			displayName: 'Include Unknown Age',
			name: 'includeUnknownAge',
			type: 'boolean',
			default: false,
			description: 'Whether to return pending invitations whose age cannot be known as well',
		},
	],
	schema: withListInfo(
		invitationResponse.extend({
			createdAt: z.string().nullable(),
			createdBefore: z.string().nullable(),
			ageDays: z.number().nullable(),
			ageFrom: z.enum(['createdAt', 'newerInvitation']).nullable(),
		}),
	),
	async run(context, index, hint) {
		const days = Number(context.getNodeParameter('olderThanDays', index, 7)) || 0;
		const includesUnknown = context.getNodeParameter('includeUnknownAge', index, false) === true;
		const invitations = await list(context, '/invitations');
		const testTakers = await list(context, '/test-takers');
		const { pending, unread } = await readPending(context, invitations, testTakers);
		const now = Date.now();
		const aged = pending.map((each) => ({ record: each.record, age: ageOf(each, now) }));
		const isUnknown = ({ age }: (typeof aged)[number]) => age.ageDays === null && days > 0;
		const selected = aged.filter((each) =>
			isUnknown(each) ? includesUnknown : (each.age.ageDays ?? 0) >= days,
		);
		const unknown = includesUnknown ? 0 : aged.filter(isUnknown).length;
		const reasons = leftOut(invitations, unknown, unread);
		if (reasons.length > 0) hint.partial({ reason: reasons.join(' '), total: null });
		// The oldest first, as reminders go.
		return selected
			.reverse()
			.map(({ record, age }) => ({ mode: invitations.mode, ...record, ...age }));
	},
};
