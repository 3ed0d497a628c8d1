import { z } from 'zod';

import type { Subject } from '../../shared/events/contract';
import {
	singleEvent,
	type EventDefinition,
	type Payload,
	type ProviderInfo,
} from '../../shared/events/types';
import { webhookSilent } from '../../shared/polling/backstop';
import { gapEvent } from '../../shared/polling/gap';
import { textAt } from '../../shared/values/text';
import { applicantOf, partsOf } from '../events/applicant';
import { applicantIn, blocksOfRecord } from '../events/blocks';
import { amountIn, countIn } from '../events/numbers';
import { regpack } from '../provider';

/**
 * Events that are found by comparing the list of users with what is stored of it. Regpack has none
 * of them: it shows neither when a user was added nor when something changed, so they are other
 * events than those of its webhooks.
 */

/** Something about a user that may change, and the event that reports it. */
export interface Change extends EventDefinition {
	/** The fields of `meta_info` to store for it. */
	fields: readonly string[];
	/** Whether the event reports that a field was `before` and is `now`, which differ. */
	isNews(before: string, now: string): boolean;
}

/** Neither part is certain: the shape of a list's element is not documented (see `partsOf`). */
const schema = z
	.object({
		event: z.string(),
		/** Distinguishes the stored state that it was compared with, and equal changes of a user. */
		stateId: z.string(),
		user_info: z.object({}).passthrough().nullish(),
		meta_info: z.object({}).passthrough().nullish(),
		/** What was stored, under Regpack's names. */
		before: z.object({}).passthrough().nullish(),
	})
	.passthrough();

/** Made-up values in the documented keys (samples of login and set_status, section on metadata). */
const user = {
	user_info: { clogin_id: '200001', group_id: '100000001', connected_to: '200001' },
	meta_info: {
		u_name: 'Ada Sample',
		total_forms: '2',
		completed_forms: '1',
		total_user_forms: '2',
		total_completed_user_forms: '1',
		total_user_mandatory_forms: '1',
		total_completed_user_mandatory_forms: '1',
		total_order: '120.00',
		total_paid: '20.00',
		total_balance: '100.00',
		status_id: '70001',
		status_name: 'Accepted',
	},
	doc: { first_name: 'Ada', last_name: 'Sample', main_email: 'ada.sample@example.org' },
};

/** The values of some fields as a key has them. */
const valuesAt = (source: unknown, fields: readonly string[]): string =>
	fields.map((field) => textAt(source, field) ?? '').join('/');

const keyOf = (payload: Payload, ...rest: string[]): string | undefined => {
	const { cloginId } = applicantOf(payload);
	return cloginId === null
		? undefined
		: [textAt(payload, 'stateId') ?? '', cloginId, ...rest].join(':');
};

/** A user who is new in the list. */
export const userAdded: EventDefinition = {
	type: 'user_added',
	label: 'User Added',
	description: 'A user or child was added to the project, including through the API',
	schema,
	sample: { event: 'user_added', stateId: 'a1b2c3d4', ...user },
	key: (payload) => keyOf(payload),
	title: (subject) => `${applicantIn(subject)} was added`,
	blocks: blocksOfRecord,
};

const change = (
	{
		type,
		fields,
		...rest
	}: Pick<Change, 'type' | 'label' | 'description' | 'fields' | 'isNews' | 'title'>,
	before: Payload,
): Change => ({
	type,
	fields,
	...rest,
	schema,
	sample: { event: type, stateId: 'a1b2c3d4.1', ...user, before },
	key: (payload) =>
		keyOf(
			payload,
			`${valuesAt(payload.before, fields)}>${valuesAt(partsOf(payload).meta, fields)}`,
		),
	blocks: blocksOfRecord,
});

function statusTitle(subject: Subject): string {
	const { status, previousStatus } = subject.registration ?? {};
	const from = previousStatus ? ` from ${previousStatus}` : '';
	return `${applicantIn(subject)} went${from} to ${status ?? 'no status'}`;
}

function formsTitle(subject: Subject): string {
	const { formsCompleted, formsTotal } = subject.registration ?? {};
	return formsCompleted && formsTotal
		? `${applicantIn(subject)} completed ${formsCompleted} of ${formsTotal} forms`
		: `${applicantIn(subject)} completed more forms`;
}

function balanceTitle(subject: Subject): string {
	const balance = subject.registration?.balance ?? null;
	return balance === null
		? `The balance of ${applicantIn(subject)} changed`
		: `The balance of ${applicantIn(subject)} is now ${balance.toFixed(2)}`;
}

/** In the order in which they are stored: add new ones at the end. */
export const changes: readonly Change[] = [
	change(
		{
			type: 'status_changed',
			label: 'Status Changed',
			description: 'A user got another status, or no longer has one',
			fields: ['status_id'],
			isNews: () => true,
			title: statusTitle,
		},
		{ status_id: '70002', status_name: 'Waitlisted' },
	),
	change(
		{
			type: 'forms_progressed',
			label: 'Forms Progressed',
			description: 'A user has completed more forms than before',
			fields: [
				'completed_forms',
				'total_completed_user_forms',
				'total_completed_user_mandatory_forms',
			],
			isNews: (before, now) => (countIn(now) ?? 0) > (countIn(before) ?? 0),
			title: formsTitle,
		},
		{
			completed_forms: '0',
			total_completed_user_forms: '0',
			total_completed_user_mandatory_forms: '0',
		},
	),
	change(
		{
			type: 'balance_changed',
			label: 'Balance Changed',
			description: 'What a user has ordered, paid or still owes changed',
			fields: ['total_order', 'total_paid', 'total_balance'],
			// "1234.00" and "1,234.00" are the same. What is not an amount is compared as text.
			isNews: (before, now) => amountIn(before) === null || amountIn(before) !== amountIn(now),
			title: balanceTitle,
		},
		{ total_order: '120.00', total_paid: '0.00', total_balance: '120.00' },
	),
];

/** Regpack with the events that polling finds. Each payload stands for one. */
export const polledRegpack: ProviderInfo = {
	...regpack,
	events: [userAdded, ...changes, gapEvent, webhookSilent],
	split: singleEvent,
};
