import type { IDataObject } from 'n8n-workflow';
import isNil from 'lodash/isNil';
import omitBy from 'lodash/omitBy';
import sortBy from 'lodash/sortBy';

import { identify } from '../../shared/events/identify';
import type { Event } from '../../shared/events/types';
import { path } from '../../shared/http/path';
import { textAt } from '../../shared/values/text';
import { invitationShownBy } from '../api/invitations';
import {
	aboutCompletion,
	assignedAssessments,
	completionTime,
	countedOf,
	isAllCompleted,
	lastCompletion,
	type AssignedAssessment,
} from '../events/completion';
import { ALL_COMPLETED, COMPLETED } from '../events/definitions';
import { jofi } from '../provider';
import type { CachedClient } from './cachedClient';

/** A record, and the requests that it was read by. */
export interface SourcedRecord {
	record: IDataObject;
	from: string[];
}

/**
 * An event in the shape in which JOFI delivers it (api/events), with `null` where only JOFI could
 * know: it has no ID of its own, and its time is that of the object where the object has one.
 */
function eventOf(
	{ mode }: CachedClient,
	type: string,
	createdAt: string | null,
	{ record, from }: SourcedRecord,
	extra: IDataObject = {},
): Event {
	// Named as in the event's type.
	const object = { ...record, object: type.split('.', 1)[0] };
	const payload = {
		id: null,
		type,
		object: 'event',
		created_at: createdAt,
		api_version: null,
		data: { object },
	};
	return identify(jofi, { type, payload, extra: { mode, derivedFrom: from, ...extra } });
}

/**
 * The full record, with what only the list shows of it: which keys a full one has is not documented
 * of all. If JOFI no longer finds it, it is the thinner one of the list.
 */
async function fullRecord(
	{ find }: CachedClient,
	at: string,
	listPath: string,
	item: IDataObject,
): Promise<SourcedRecord> {
	const full = await find(at);
	if (!full) return { record: item, from: [`GET ${listPath}`] };
	const onlyListed = omitBy(item, (_, key) => !isNil(full[key]));
	return { record: { ...full, ...onlyListed }, from: [`GET ${listPath}`, `GET ${at}`] };
}

/** invitation.created, of an invitation that was not there before. */
export async function invitationCreated(client: CachedClient, item: IDataObject): Promise<Event[]> {
	const full = await fullRecord(
		client,
		path`/invitations/${String(item.id)}`,
		'/invitations',
		item,
	);
	const at = textAt(full.record, 'created_at') ?? textAt(full.record, 'invitation_created_at');
	return [eventOf(client, 'invitation.created', at, full)];
}

/**
 * invitation.accepted, of the invitation of a new test taker: on acceptance JOFI creates the test
 * taker (documented, api/integration-flow). The list of invitations is not needed for it.
 */
export async function invitationAccepted(
	client: CachedClient,
	testTaker: IDataObject,
): Promise<Event[]> {
	const id = textAt(testTaker, 'invitation_id');
	if (id === null) return [];
	const shown = invitationShownBy(testTaker);
	const full = await fullRecord(client, path`/invitations/${id}`, '/test-takers', shown);
	return [eventOf(client, 'invitation.accepted', textAt(full.record, 'accepted_at'), full)];
}

/** The full test taker. */
export async function testTakerOf(client: CachedClient, item: IDataObject): Promise<SourcedRecord> {
	return await fullRecord(client, path`/test-takers/${String(item.id)}`, '/test-takers', item);
}

/**
 * test_taker.created. JOFI shows no time of creation; that of the first assignment comes nearest
 * (inferred from the documented example, where it is 12 seconds earlier).
 */
export async function testTakerCreated(client: CachedClient, item: IDataObject): Promise<Event[]> {
	const full = await testTakerOf(client, item);
	const at =
		textAt(full.record, 'created_at') ?? textAt(full.record, 'assigned_assessments.0.created_at');
	return [eventOf(client, 'test_taker.created', at, full)];
}

/** The assignments of a test taker that is read from the API. */
export const assignmentsOf = (record: IDataObject): AssignedAssessment[] =>
	assignedAssessments({ data: { object: record } });

/** test_taker.assessment_completed, once for each completed assignment, oldest first. */
export function assessmentsCompleted(
	client: CachedClient,
	full: SourcedRecord,
	assignments: readonly AssignedAssessment[] = assignmentsOf(full.record),
): Event[] {
	const completed = assignments.filter(({ completedAt }) => completedAt !== null);
	return sortBy(completed, completionTime).map((finished) =>
		eventOf(client, COMPLETED, finished.completedAt, full, aboutCompletion(finished)),
	);
}

/**
 * The derived event of a test taker who has completed everything, if one of these completions counts.
 * Its payload is that of the last completion, as in a delivery.
 */
export function allAssessmentsCompleted(
	client: CachedClient,
	full: SourcedRecord,
	assignments: readonly AssignedAssessment[] = assignmentsOf(full.record),
): Event[] {
	const all = assignmentsOf(full.record);
	const counted = new Set(countedOf(all).map(({ assignmentId }) => assignmentId));
	const hasCounted = assignments.some(
		({ assignmentId, completedAt }) => completedAt !== null && counted.has(assignmentId),
	);
	if (!hasCounted || !isAllCompleted(all)) return [];
	const completedAt = lastCompletion(all)?.completedAt ?? null;
	const { payload, extra } = eventOf(client, COMPLETED, completedAt, full);
	return [identify(jofi, { type: ALL_COMPLETED, payload, extra })];
}

/** career_navigation_profile.created. */
export async function profileCreated(client: CachedClient, item: IDataObject): Promise<Event[]> {
	const listPath = '/career-navigation-profiles';
	const full = await fullRecord(client, `${listPath}${path`/${String(item.id)}`}`, listPath, item);
	return [
		eventOf(client, 'career_navigation_profile.created', textAt(full.record, 'created_at'), full),
	];
}
