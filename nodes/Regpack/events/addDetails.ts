import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { locatorText } from '../../shared/actions/resourceLocator';
import type { Event } from '../../shared/events/types';
import { GAP_EVENT } from '../../shared/polling/gap';
import { addDetailsHint } from '../api/hints';
import { UserReader, type UserId } from '../api/userRecord';
import { replyEvents, replySecondsOf } from '../trigger/replyPoints';
import { applicantOf } from './applicant';
import {
	emailIn,
	extraOfDetails,
	fieldsToFetch,
	personIn,
	type PersonFields,
	type UserDetails,
} from './details';
import { personOfDelivery } from './person';

/** How long one execution reads at most, in milliseconds. */
const MAX_MS = 5 * 60_000;

/** How one execution reads its users. */
interface Run {
	reader: UserReader;
	fields: PersonFields;
}

/** The fields that the node names, and all to be read. */
function fieldsOf(context: IExecuteFunctions): { fields: PersonFields; names: string[] } {
	const given = context.getNodeParameter('userFields', 0, {}) as IDataObject;
	const fields: PersonFields = {
		phone: locatorText(given.phoneField) ?? undefined,
		externalId: locatorText(given.externalIdField) ?? undefined,
	};
	const more = String(given.moreFields ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	return { fields, names: fieldsToFetch(fields, more) };
}

/**
 * Until when this execution may read. Where a form waits for the workflow's reply, reading takes a
 * third of the wait at most, and leaves another third in any case: an execution that starts late
 * has less time for it, or none.
 */
function patienceOf(context: IExecuteFunctions): { deadline: number; tooLate: string } {
	const event = context.getNodeParameter('events', 0, '') as unknown;
	const mode = context.getNodeParameter('responseMode', 0, 'onReceived');
	if (mode === 'onReceived' || !replyEvents.includes(String(event))) {
		return {
			deadline: Date.now() + MAX_MS,
			tooLate: `Reading the users took more than ${MAX_MS / 60_000} minutes. Use Get in a Regpack node for the others.`,
		};
	}
	const share = (replySecondsOf(context.getNodeParameter('replySeconds', 0, '')) * 1000) / 3;
	const receivedAt = Date.parse(String(context.getInputData()[0]?.json.receivedAt));
	const latest = Number.isNaN(receivedAt) ? Infinity : receivedAt + 2 * share;
	return {
		deadline: Math.min(Date.now() + share, latest),
		tooLate:
			'Regpack gave no record in a third of the time that the form waits for the reply. Raise Wait for the Reply (Seconds), or use Get in a Regpack node after the reply.',
	};
}

function runOf(context: IExecuteFunctions): Run {
	const { fields, names } = fieldsOf(context);
	const { deadline, tooLate } = patienceOf(context);
	return { reader: new UserReader(context, names, deadline, tooLate), fields };
}

const notFetched = (error: string): UserDetails => ({
	status: 'not fetched',
	error,
	emailOf: null,
	user: null,
	parent: null,
});

const isId = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text);

/** The address of a child's parent, where the child has none. */
async function withParent(
	{ reader }: Run,
	{ id, project }: UserId,
	parentId: string | null,
	user: IDataObject,
): Promise<UserDetails> {
	const lacking: UserDetails = { ...notFetched(''), status: 'partly fetched', user };
	if (!isId(parentId) || Number(parentId) === 0)
		return {
			...lacking,
			error: `User ${id} has no email address in the field main_email. Enter it in Regpack.`,
		};
	const found = await reader.read({ id: parentId, project });
	if ('error' in found)
		return {
			...lacking,
			error: `Child ${id} has no email address, and that of parent ${parentId} was not fetched. ${found.error}`,
		};
	const { record: parent } = found;
	if (emailIn(parent) !== null)
		return { ...lacking, status: 'fetched', error: null, emailOf: 'parent', parent };
	return {
		...lacking,
		parent,
		error: `Neither child ${id} nor parent ${parentId} has an email address in the field main_email. Enter one in Regpack.`,
	};
}

/** What Regpack's API knows of the person of an event. */
async function detailsOf(run: Run, { payload }: Event): Promise<UserDetails> {
	const { cloginId, groupId, connectedTo, isChild } = applicantOf(payload);
	if (!isId(cloginId))
		return notFetched(
			'The event does not name its user, so that name and email address could not be fetched. Look into payload.user_info.',
		);
	const user: UserId = { id: cloginId, ...(isId(groupId) && { project: groupId }) };
	const found = await run.reader.read(user);
	if ('error' in found)
		return notFetched(
			`Name and email address of user ${cloginId} were not fetched. ${found.error}`,
		);
	const { record } = found;
	if ((personOfDelivery(payload).email ?? emailIn(record)) !== null)
		return { ...notFetched(''), status: 'fetched', error: null, emailOf: 'user', user: record };
	const fetched = applicantOf(record);
	const parentId = (isChild ?? fetched.isChild) ? (connectedTo ?? fetched.connectedTo) : null;
	return await withParent(run, user, parentId, record);
}

/** The person of the records that were fetched. */
function personOf({ user, parent, emailOf }: UserDetails, fields: PersonFields) {
	const person = user ? personIn(user, fields) : {};
	return emailOf === 'parent' ? { ...person, email: emailIn(parent) } : person;
}

/**
 * Fetch User Details: adds name, email address and the record of the person whom an event is about,
 * with one request for each person of an execution, and one more for the parent of a child who has
 * no address. It never throws: an event whose details cannot be had says why.
 */
export async function addDetails(
	context: IExecuteFunctions,
	events: readonly Event[],
): Promise<Event[]> {
	if (context.getNodeParameter('fetchUserDetails', 0, false) !== true) return [...events];
	const run = runOf(context);
	let isHinted = false;
	const detailed: Event[] = [];
	for (const event of events) {
		if (event.event === GAP_EVENT) {
			detailed.push(event);
			continue;
		}
		const details = await detailsOf(run, event);
		if (details.error !== null && !isHinted) {
			isHinted = true;
			addDetailsHint(context, details.error);
		}
		const extra = { ...event.extra, ...extraOfDetails(details, personOf(details, run.fields)) };
		detailed.push({ ...event, extra });
	}
	return detailed;
}
