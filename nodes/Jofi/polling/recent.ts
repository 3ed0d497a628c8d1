import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Observed, Wanted } from '../../polling/define';
import {
	assessmentsCompleted,
	assignmentsOf,
	invitationAccepted,
	invitationCreated,
	profileCreated,
	testTakerCreated,
	testTakerOf,
	type Sight,
} from './observe';
import { readerFor, type Reader } from './reader';
import { pollingSettingsOf } from './settings';

/** How many of the newest test takers are read to find a completion. */
const READ_AT_MOST = 10;

async function newest(reader: Reader, path: string) {
	const { records, mode } = await reader.list(path);
	return { records, sight: { reader, mode } };
}

async function newestCompletion(sight: Sight, records: readonly IDataObject[]): Promise<Observed[]> {
	for (const item of records.slice(0, READ_AT_MOST)) {
		const { record, from } = await testTakerOf(sight, item);
		const completed = assignmentsOf(record).filter(({ completedAt }) => completedAt !== null);
		if (completed.length > 0) return assessmentsCompleted(sight, record, completed, from).slice(-1);
	}
	return [];
}

/** The newest real event of each type that is wanted; see `Poller`. */
export async function recent(context: IExecuteFunctions, { wants, settings }: Wanted): Promise<Observed[]> {
	const reader = readerFor(context, pollingSettingsOf(settings).acceptTestKey);
	const observed: Observed[] = [];
	if (wants('invitation.created')) {
		const { records, sight } = await newest(reader, '/invitations');
		for (const item of records.slice(0, 1)) observed.push(await invitationCreated(sight, item));
	}
	if (['invitation.accepted', 'test_taker.created', 'test_taker.assessment_completed'].some(wants)) {
		const { records, sight } = await newest(reader, '/test-takers');
		for (const item of records.slice(0, 1)) {
			if (wants('invitation.accepted')) observed.push(...(await invitationAccepted(sight, item)));
			if (wants('test_taker.created')) {
				const { record, from } = await testTakerOf(sight, item);
				observed.push(testTakerCreated(sight, record, from));
			}
		}
		if (wants('test_taker.assessment_completed')) observed.push(...(await newestCompletion(sight, records)));
	}
	if (wants('career_navigation_profile.created')) {
		const { records, sight } = await newest(reader, '/career-navigation-profiles');
		for (const item of records.slice(0, 1)) observed.push(await profileCreated(sight, item));
	}
	return observed;
}
