import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Observed, PollRequest } from '../../shared/polling/stream';
import {
	assessmentsCompleted,
	assignmentsOf,
	invitationAccepted,
	invitationCreated,
	profileCreated,
	testTakerCreated,
	testTakerOf,
	type EventSource,
} from './mapEvents';
import { isRecordError } from './passOver';
import { cachedClient } from './cachedClient';
import { pollingOptionsOf } from './properties';

/** How many of the newest records are read to find one that has the event and passes the filters. */
const READ_AT_MOST = 10;

/** How an event is found: in which list, and what it is of one of its records. */
interface Finding {
	type: string;
	list: string;
	observe(sight: EventSource, item: IDataObject): Promise<Observed[]>;
}

const findings: Finding[] = [
	{
		type: 'invitation.created',
		list: '/invitations',
		observe: async (sight, item) => [await invitationCreated(sight, item)],
	},
	{ type: 'invitation.accepted', list: '/test-takers', observe: invitationAccepted },
	{
		type: 'test_taker.created',
		list: '/test-takers',
		async observe(sight, item) {
			const { record, from } = await testTakerOf(sight, item);
			return [testTakerCreated(sight, record, from)];
		},
	},
	{
		type: 'test_taker.assessment_completed',
		list: '/test-takers',
		async observe(sight, item) {
			const { record, from } = await testTakerOf(sight, item);
			return assessmentsCompleted(sight, record, assignmentsOf(record), from);
		},
	},
	{
		type: 'career_navigation_profile.created',
		list: '/career-navigation-profiles',
		observe: async (sight, item) => [await profileCreated(sight, item)],
	},
];

/** The newest real event of each type that is wanted; see `Poller`. */
export async function newestEvents(
	context: IExecuteFunctions,
	{ wants, settings }: PollRequest,
	accepts: (observed: Observed) => boolean,
): Promise<Observed[]> {
	const reader = cachedClient(context, pollingOptionsOf(settings).acceptTestKey);

	async function newest({ list: path, observe }: Finding): Promise<Observed[]> {
		const { records, mode } = await reader.list(path);
		const sight = { reader, mode };
		const unread: IDataObject[] = [];
		for (const item of records.slice(0, READ_AT_MOST)) {
			try {
				const found = (await observe(sight, item)).filter(accepts);
				if (found.length > 0) return found.slice(-1);
			} catch (error) {
				unread.push(item);
				// One record that cannot be read does not keep the others away; a second one would take long.
				if (unread.length > 1 || !isRecordError(error)) break;
			}
		}
		// It fails again, without another request.
		for (const item of unread.slice(-1)) await observe(sight, item);
		return [];
	}

	const observed: Observed[] = [];
	for (const finding of findings) {
		if (wants(finding.type)) observed.push(...(await newest(finding)));
	}
	return observed;
}
