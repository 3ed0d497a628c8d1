import type { IDataObject } from 'n8n-workflow';
import isNil from 'lodash/isNil';
import omitBy from 'lodash/omitBy';
import pick from 'lodash/pick';
import sortBy from 'lodash/sortBy';

import { path } from '../../shared/http/path';
import type { Observed } from '../../shared/polling/stream';
import { textAt } from '../../shared/values/text';
import { aboutCompletion, assignedAssessments, completionTime, type AssignedAssessment } from '../events/completion';
import { COMPLETED } from '../events/definitions';
import type { CachedClient } from './cachedClient';

/**
 * An event in the shape in which JOFI delivers it (api/events), with `null` where only JOFI could know:
 * it has no ID of its own, and its time is that of the object where the object tells.
 */
function observe(type: string, createdAt: string | null, object: IDataObject, from: string[], mode: string | null): Observed {
	return {
		payload: { id: null, type, object: 'event', created_at: createdAt, api_version: null, data: { object } },
		extra: { mode, derivedFrom: from },
	};
}

/** What is needed to observe the events of records. */
export interface EventSource {
	reader: CachedClient;
	mode: string | null;
}

/**
 * The full record, with what only the list shows of it: which keys a full one has is not documented of all.
 * It is the thinner one of the list when JOFI does not find it any more.
 */
async function fullOf(reader: CachedClient, at: string, listPath: string, item: IDataObject) {
	const full = await reader.find(at);
	if (!full) return { record: item, from: [`GET ${listPath}`] };
	const onlyListed = omitBy(item, (_, key) => !isNil(full[key]));
	return { record: { ...full, ...onlyListed }, from: [`GET ${listPath}`, `GET ${at}`] };
}

/** invitation.created, of an invitation that was not there before. */
export async function invitationCreated({ reader, mode }: EventSource, item: IDataObject): Promise<Observed> {
	const { record, from } = await fullOf(reader, path`/invitations/${String(item.id)}`, '/invitations', item);
	const at = textAt(record, 'created_at') ?? textAt(record, 'invitation_created_at');
	return observe('invitation.created', at, { ...record, object: 'invitation' }, from, mode);
}

/** What a test taker shows of its invitation, under the names that an invitation has or is likely to have. */
const OF_INVITATION = [
	...['first_name', 'last_name', 'email', 'person_id', 'custom_id', 'assessment_url'],
	...['team', 'account', 'career_navigation_profile_id', 'invitation_created_at'],
];

/**
 * invitation.accepted, of the invitation of a new test taker: on acceptance JOFI creates the test taker
 * (documented, api/integration-flow). The list of invitations is not needed for it.
 */
export async function invitationAccepted({ reader, mode }: EventSource, testTaker: IDataObject): Promise<Observed[]> {
	const id = textAt(testTaker, 'invitation_id');
	if (id === null) return [];
	const known = {
		id: testTaker.invitation_id,
		...pick(testTaker, OF_INVITATION),
		test_taker_id: testTaker.id,
	};
	const { record, from } = await fullOf(reader, path`/invitations/${id}`, '/test-takers', known);
	return [
		observe('invitation.accepted', textAt(record, 'accepted_at'), { ...record, object: 'invitation' }, from, mode),
	];
}

/** The full test taker, with what it was read from. */
export async function testTakerOf({ reader }: EventSource, item: IDataObject) {
	return await fullOf(reader, path`/test-takers/${String(item.id)}`, '/test-takers', item);
}

/**
 * test_taker.created. JOFI shows no time of creation; that of the first assignment comes nearest
 * (inferred from the documented example, where it is 12 seconds earlier).
 */
export function testTakerCreated({ mode }: EventSource, record: IDataObject, from: string[]): Observed {
	const first = textAt(record, 'assigned_assessments.0.created_at');
	const at = textAt(record, 'created_at') ?? first;
	return observe('test_taker.created', at, { ...record, object: 'test_taker' }, from, mode);
}

/** The assignments of a test taker that is read from the API. */
export const assignmentsOf = (record: IDataObject): AssignedAssessment[] =>
	assignedAssessments({ data: { object: record } });

/** test_taker.assessment_completed, once for each of the assignments that is completed, oldest first. */
export function assessmentsCompleted(
	{ mode }: EventSource,
	record: IDataObject,
	assignments: readonly AssignedAssessment[],
	from: string[],
): Observed[] {
	const object = { ...record, object: 'test_taker' };
	const all = assignmentsOf(record);
	return sortBy(
		assignments.filter(({ completedAt }) => completedAt !== null),
		completionTime,
	).map((finished) => {
		const observed = observe(COMPLETED, finished.completedAt, object, from, mode);
		return { ...observed, extra: { ...observed.extra, ...aboutCompletion(finished, all) } };
	});
}

/** career_navigation_profile.created. */
export async function profileCreated({ reader, mode }: EventSource, item: IDataObject): Promise<Observed> {
	const listPath = '/career-navigation-profiles';
	const { record, from } = await fullOf(reader, `${listPath}${path`/${String(item.id)}`}`, listPath, item);
	return observe(
		'career_navigation_profile.created',
		textAt(record, 'created_at'),
		{ ...record, object: 'career_navigation_profile' },
		from,
		mode,
	);
}
