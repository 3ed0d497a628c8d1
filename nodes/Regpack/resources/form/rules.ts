import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { replyPoints, type ReplyPoint } from '../../trigger/replyPoints';

/** The types of a message (documented, docs/webhooks). */
export const MESSAGE_TYPES = [
	'error',
	'information',
	'notification',
	'success',
	'warning',
] as const;

/** The JSON that a form gets; all keys but that of a redirect are documented. */
export interface Reply extends IDataObject {
	msg?: string;
	msg_type?: string;
	/** A field, by its ID or mapped name. */
	focus_on?: string;
	/** Values of fields, by their IDs or mapped names. */
	jdoc?: IDataObject;
}

/** Something that a reply must not be, with the error for it. */
interface Rule {
	/** Whether the reply violates it. `redirect` is the URL that the reply leads to, if any. */
	isViolated(reply: Reply, moment: ReplyPoint, redirect: string | undefined): boolean;
	sentence: string;
	advice: string;
}

/** The kinds of reply, by their values in workflows. */
export type Kind = 'pass' | 'message' | 'stop' | 'fill' | 'redirect' | 'json';

/** The kinds that make sense at each point; JSON can express any other reply. */
export const kinds: Record<ReplyPoint, readonly Kind[]> = {
	before: ['pass', 'message', 'stop', 'fill', 'redirect', 'json'],
	after: ['pass', 'message', 'fill', 'redirect', 'json'],
	opened: ['pass', 'redirect', 'json'],
};

const isHttp = (url: string): boolean =>
	z.string().url().safeParse(url).success && /^https?:/i.test(url);

const hasMessage = ({ msg, msg_type: type }: Reply): boolean =>
	msg !== undefined || type !== undefined;

/**
 * Whether the reply is an error. That a message of this type is error handling is inferred, and so
 * is the key `error`.
 */
const isError = ({ msg_type: type, error }: Reply): boolean => type === 'error' || Boolean(error);

/**
 * The two combinations that the documentation forbids (docs/webhooks), both before a form is
 * processed.
 */
export const disallowed: readonly Rule[] = [
	{
		isViolated: (reply, moment) =>
			moment === 'before' && isError(reply) && reply.msg_type === 'success',
		sentence:
			'An error and a message of type success cannot go together before a form is processed',
		advice:
			"Regpack's rule: an error stops the submission, which is no success. Use another message type, or remove the error.",
	},
	{
		isViolated: (reply, moment) => moment === 'before' && isError(reply) && Boolean(reply.jdoc),
		sentence: 'An error and new field values cannot go together before a form is processed',
		advice:
			"Regpack's rule: an error stops the submission, while changing fields lets it continue. Use another message type, or only stop the submission.",
	},
];

/** Mistakes in a reply that is made of parameters. */
const mistakes: readonly Rule[] = [
	{
		isViolated: ({ msg_type: type }) =>
			type !== undefined && !(MESSAGE_TYPES as readonly string[]).includes(type),
		sentence: 'Regpack has no such message type',
		advice: `Use one of: ${MESSAGE_TYPES.join(', ')}.`,
	},
	{
		isViolated: (reply) =>
			hasMessage(reply) && ((reply.msg ?? '').trim() === '' || reply.msg_type === undefined),
		sentence: 'The message has no text',
		advice: 'Give it a text: a type without a text, or a text without a type, is not documented.',
	},
	{
		isViolated: (_reply, _moment, redirect) => redirect !== undefined && !isHttp(redirect),
		sentence: 'The redirect URL is not a valid URL',
		advice: 'Regpack redirects to valid URLs only: start with https://.',
	},
	{
		isViolated: ({ jdoc }) => jdoc !== undefined && Object.keys(jdoc).length === 0,
		sentence: 'There is no field to fill in',
		advice: 'Add at least one field, or let the form pass.',
	},
];

/** Every rule for a reply that is made of parameters. */
export const rules: readonly Rule[] = [...disallowed, ...mistakes];

/** The first of the rules that a reply violates. */
export const violatedRule = (
	reply: Reply,
	moment: ReplyPoint,
	redirect?: string,
	among = rules,
): Rule | undefined => among.find(({ isViolated }) => isViolated(reply, moment, redirect));

/** The points at which Regpack waits for a reply, as options. */
export const replyPointOptions = Object.entries(replyPoints).map(([value, { name, events }]) => ({
	name,
	value,
	description: events.join(', '),
}));
