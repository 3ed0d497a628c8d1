import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import zipObject from 'lodash/zipObject';

import { asText, textAt } from '../../shared/values/text';
import type { PollResult, Observed, PollRequest } from '../../shared/polling/stream';
import { partsOf } from '../events/applicant';
import { REGPACK_CREDENTIAL } from '../api/transport';
import { userPages } from '../api/pagination';
import { changes, userAdded, type Change } from './definitions';
import { read, readToEnd, recall, unknown, valuesOf, write, type UserState, type FieldState } from './state';
import { listingOf, pollingOptionsOf } from './properties';

/** A user in the shape of a delivery, with the record as Regpack gave it. */
export const userAddedEvent = (record: IDataObject, sighting: string): Observed => ({
	payload: { ...record, event: userAdded.type, sighting },
	extra: {},
});

/** A change of a user, and what was remembered. */
function changed(record: IDataObject, { type, fields }: Change, { values, told }: FieldState, memory: UserState): Observed {
	const before: IDataObject = zipObject(fields, values);
	if ('status_id' in before) before.status_name = memory.statuses[String(before.status_id)] ?? null;
	return { payload: { ...record, event: type, sighting: `${memory.kept[type]}.${told + 1}`, before }, extra: {} };
}

/** Whether there is something to tell; what is seen for the first time is compared with nothing. */
const isTold = ({ isNews }: Change, { values }: FieldState, now: readonly (string | null)[]): boolean =>
	values.some((before, index) => {
		const value = now[index];
		return before !== null && value !== null && before !== value && isNews(before, value);
	});

/** The changes of a user since it was last seen, and what to remember of it from now on. */
function compare(record: IDataObject, before: readonly FieldState[], memory: UserState) {
	const now = valuesOf(partsOf(record).meta);
	const told = changes.map((change, index) => change.type in memory.kept && isTold(change, before[index], now[index]));
	return {
		observed: changes.flatMap((change, index) => (told[index] ? changed(record, change, before[index], memory) : [])),
		after: changes.map(({ type }, index): FieldState => {
			const { values, told: times } = before[index];
			if (!(type in memory.kept)) return before[index];
			return { values: now[index].map((value, field) => value ?? values[field]), told: times + Number(told[index]) };
		}),
	};
}

/** What a record tells, compared with what is remembered of its user, which is then brought up to date. */
function observe(record: IDataObject, memory: UserState, { wants }: PollRequest): Observed[] {
	const { info, meta } = partsOf(record);
	const id = textAt(info, 'clogin_id');
	if (id === null) return [];
	const known = memory.users[id];
	const isAdded = known === undefined && memory.quiet === 0 && wants(userAdded.type);
	const { observed, after } = compare(record, known === undefined ? unknown : read(known), memory);
	memory.users[id] = write(after);
	const status = textAt(meta, 'status_id');
	const name = textAt(meta, 'status_name');
	if (status !== null && name !== null) memory.statuses[status] = name;
	return isAdded ? [userAddedEvent(record, memory.id), ...observed] : observed;
}

/** The project to look at, as text. */
async function projectOf(context: IPollFunctions, given: string | undefined): Promise<string> {
	const { groupId } = await context.getCredentials<{ groupId: unknown }>(REGPACK_CREDENTIAL);
	return given ?? asText(groupId)?.trim() ?? '';
}

/**
 * Reads the list of users, from where the last look ended; see `Poller`. Regpack documents neither a filter
 * by time nor an order, so there is no shorter way, and users are told apart by their ID alone: one who is
 * missing is not forgotten. That some are missing is a gap only when nobody came forth who was not known, for
 * a list that moves shows others each time.
 */
export async function pollStreams(context: IPollFunctions, stored: IDataObject, wanted: PollRequest, deadline: number): Promise<PollResult> {
	const settings = pollingOptionsOf(wanted.settings);
	const { withExcluded } = settings;
	const project = await projectOf(context, settings.projectId);
	const memory = recall(stored, { ...wanted, project, withExcluded });
	const { from } = memory;
	const countKnown = () => Object.keys(memory.users).length;
	const before = countKnown();
	const observed: Observed[] = [];
	const missing: string[] = [];
	let counted = 0;
	for await (const page of userPages(context, { ...listingOf(settings), from, onMissing: (each) => missing.push(each) })) {
		counted = Math.max(counted, page.total ?? 0);
		// The end was reached, and did not add up with what earlier looks have read.
		if (from && page.position === 0) break;
		for (const record of [...page.users, ...page.children]) observed.push(...observe(record, memory, wanted));
		if (Date.now() >= deadline) return { observed, cursor: { ...memory, from: { ...page.next } }, gaps: [] };
	}
	const isComplete = countKnown() >= counted;
	const isStuck = !isComplete && countKnown() === before;
	return { observed, cursor: readToEnd(memory, isComplete), gaps: isStuck ? missing : [] };
}
