import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import orderBy from 'lodash/orderBy';
import zipObject from 'lodash/zipObject';

import { identify } from '../../shared/events/identify';
import { mayBeIn } from '../../shared/events/past';
import type { Event, Payload } from '../../shared/events/types';
import {
	staticDataOf,
	triggersOf,
	type TriggerContext,
} from '../../shared/events/workflowTriggers';
import { readCredential } from '../../shared/http/credential';
import type { PollingSource, Stream, StreamRequest } from '../../shared/polling/stream';
import { asText, textAt } from '../../shared/values/text';
import { userPages } from '../api/pagination';
import { fieldsOf } from '../api/requestedFields';
import { REGPACK_CREDENTIAL } from '../api/transport';
import { applicantOf, partsOf } from '../events/applicant';
import { addDetails } from '../events/addDetails';
import { regpack } from '../provider';
import { changes, polledRegpack, userAdded, type Change } from './definitions';
import { listingOf, pollingOptionsOf } from './properties';
import {
	afterReading,
	parseUser,
	restore,
	unseenUser,
	userState,
	valuesOf,
	writeUser,
	type FieldState,
	type UserState,
} from './state';

/** An event in the shape of a delivery, with the record as Regpack gave it. */
const eventOf = (type: string, record: IDataObject, fields: Payload): Event =>
	identify(polledRegpack, { type, payload: { ...record, event: type, ...fields } });

/** The event of a change, with what was stored before it. */
function changed(
	record: IDataObject,
	{ type, fields }: Change,
	{ values, reported }: FieldState,
	state: UserState,
): Event {
	const before: IDataObject = zipObject(fields, values);
	if ('status_id' in before) before.status_name = state.statuses[String(before.status_id)] ?? null;
	return eventOf(type, record, { stateId: `${state.kept[type]}.${reported + 1}`, before });
}

/**
 * Whether something happened; a value that is seen for the first time has nothing to be compared
 * with.
 */
const hasHappened = (
	{ isNews }: Change,
	{ values }: FieldState,
	now: readonly (string | null)[],
): boolean =>
	values.some((before, index) => {
		const value = now[index];
		return before !== null && value !== null && before !== value && isNews(before, value);
	});

/** The changes of a user since it was last seen, and what to store of it from now on. */
function compare(record: IDataObject, before: readonly FieldState[], state: UserState) {
	const now = valuesOf(partsOf(record).meta);
	const happened = changes.map(
		(change, index) => change.type in state.kept && hasHappened(change, before[index], now[index]),
	);
	return {
		events: changes.flatMap((change, index) =>
			happened[index] ? changed(record, change, before[index], state) : [],
		),
		after: changes.map(({ type }, index): FieldState => {
			const { values, reported } = before[index];
			if (!(type in state.kept)) return before[index];
			return {
				values: now[index].map((value, field) => value ?? values[field]),
				reported: reported + Number(happened[index]),
			};
		}),
	};
}

/** The events of a record, compared with what is stored of its user, which is then updated. */
function eventsOf(record: IDataObject, state: UserState, { wants }: StreamRequest): Event[] {
	const { info, meta } = partsOf(record);
	const id = textAt(info, 'clogin_id');
	if (id === null) return [];
	const stored = state.users[id];
	const isAdded = stored === undefined && state.quiet === 0 && wants(userAdded.type);
	const { events, after } = compare(
		record,
		stored === undefined ? unseenUser : parseUser(stored),
		state,
	);
	state.users[id] = writeUser(after);
	const status = textAt(meta, 'status_id');
	const name = textAt(meta, 'status_name');
	if (status !== null && name !== null) state.statuses[status] = name;
	return isAdded ? [eventOf(userAdded.type, record, { stateId: state.id }), ...events] : events;
}

/** The ID of the project to read, as text. */
async function projectOf(context: TriggerContext, given: string | undefined): Promise<string> {
	const { groupId } = await readCredential<{ groupId: unknown }>(context, REGPACK_CREDENTIAL);
	return given ?? asText(groupId)?.trim() ?? '';
}

/**
 * What distinguishes the events of added users: the ID of what the polling trigger of the workflow
 * stores for the project, so that both make the same keys; without one, always the same.
 */
async function addedStateId(context: TriggerContext, projectId: string | undefined) {
	const project = await projectOf(context, projectId);
	const states = triggersOf(context)
		.filter(({ type }) => type.endsWith('regpackPollingTrigger'))
		.map((node) => userState.safeParse(get(staticDataOf(context, node), 'cursors.users')).data);
	return states.find((state) => state?.project === project)?.id ?? 'replay';
}

/**
 * The list of users, one stream for all events, as each is seen by comparing the same records.
 * Regpack documents neither a filter by time nor an order, so there is no shorter way than to read
 * all of it, and users are distinguished by their ID alone: one who is missing is not forgotten.
 * That some are missing is a gap only when nobody new appeared, because a list that moves shows
 * others each time. Regpack shows no times, so what was there at the first poll is not kept apart.
 */
const users: Stream<UserState> = {
	name: 'users',
	events: [userAdded, ...changes].map(({ type }) => type),
	cursor: userState,
	async read(context, cursor, request, deadline) {
		const options = pollingOptionsOf(request.options);
		const project = await projectOf(context, options.projectId);
		const state = restore(cursor, { ...request, project, withExcluded: options.withExcluded });
		const { from } = state;
		const countUsers = () => Object.keys(state.users).length;
		const before = countUsers();
		const events: Event[] = [];
		const missing: string[] = [];
		let total = 0;
		for await (const page of userPages(context, {
			...listingOf(options),
			from,
			onMissing: (each) => missing.push(each),
		})) {
			total = Math.max(total, page.total ?? 0);
			// The end was reached, and it does not add up with what earlier polls have read.
			if (from && page.position === 0) break;
			for (const record of [...page.users, ...page.children])
				events.push(...eventsOf(record, state, request));
			if (Date.now() >= deadline)
				return { events, history: [], cursor: { ...state, from: { ...page.next } }, gaps: [] };
		}
		const isComplete = countUsers() >= total;
		const isStuck = !isComplete && countUsers() === before;
		return {
			events,
			history: [],
			cursor: afterReading(state, isComplete),
			gaps: isStuck ? missing : [],
		};
	},
	/**
	 * The users as they are now: that Regpack shows when one was added, or what one was before, is not
	 * documented. A form may have a field for the date, by which they are selected then.
	 */
	async *past(context, request, range, deadline) {
		const options = pollingOptionsOf(request.options);
		const dateField = asText(request.options.dateField)?.trim();
		const stateId = await addedStateId(context, options.projectId);
		const reasons: string[] = [];
		const fields = dateField ? [...options.fields, dateField] : options.fields;
		for await (const page of userPages(context, {
			...listingOf({ ...options, fields }),
			onMissing: (each) => reasons.push(`${each}.`),
		})) {
			for (const record of [...page.users, ...page.children]) {
				const date = dateField ? asText(fieldsOf(record)[dateField]) : null;
				if (mayBeIn(date, range)) yield eventOf(userAdded.type, record, { stateId });
			}
			if (Date.now() >= deadline && !page.isLast)
				return ['Reading was stopped after half an hour, before the end of the list.'];
		}
		return reasons;
	},
	/**
	 * Of the first users in the list, the one with the highest ID, because it is not documented which
	 * is the newest. No record shows what a user was before, so the other events have samples only.
	 */
	async newest(context, type, { accepts, options }) {
		if (type !== userAdded.type) return undefined;
		const { value: page } = await userPages(context, listingOf(pollingOptionsOf(options))).next();
		const records = orderBy(
			[...(page?.users ?? []), ...(page?.children ?? [])],
			(record) => Number(applicantOf(record).cloginId),
			'desc',
		);
		return records.map((record) => eventOf(type, record, { stateId: 'test' })).find(accepts);
	},
};

/** Regpack by polling: what the list of users shows, and the gap that polling can leave. */
export const regpackPolling: PollingSource = {
	provider: polledRegpack,
	dedupe: { by: 'key' },
	streams: [users],
	/** Whether Regpack repeats deliveries is not documented. */
	webhook: { type: 'regpackTrigger', provider: regpack, bringsOthers: true, patienceMinutes: 15 },
	addDetails,
};
