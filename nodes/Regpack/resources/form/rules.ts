import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { replyPoints, type ReplyPoint } from '../../trigger/replyPoints';

/** The kinds of message (documented, docs/webhooks). */
export const MESSAGE_TYPES = ['error', 'information', 'notification', 'success', 'warning'] as const;

/** The JSON that a form gets; keys documented but that of a redirect. */
export interface Reply extends IDataObject {
	msg?: string;
	msg_type?: string;
	/** A field, by its ID or mapped name. */
	focus_on?: string;
	/** Values of fields, by their IDs or mapped names. */
	jdoc?: IDataObject;
}

/** What a reply must not be, as the sentence that says so. */
interface Rule {
	/** Whether the reply breaks it. `redirect` is where it leads to, if it does. */
	isBroken(reply: Reply, moment: ReplyPoint, redirect: string | undefined): boolean;
	sentence: string;
	advice: string;
}

/** Replies that can be chosen, by their values in workflows. */
export type Kind = 'pass' | 'message' | 'stop' | 'fill' | 'redirect' | 'json';

/** Those that make sense at each moment; JSON can say whatever is not among them. */
export const kinds: Record<ReplyPoint, readonly Kind[]> = {
	before: ['pass', 'message', 'stop', 'fill', 'redirect', 'json'],
	after: ['pass', 'message', 'fill', 'redirect', 'json'],
	opened: ['pass', 'redirect', 'json'],
};

const isHttp = (url: string): boolean => z.string().url().safeParse(url).success && /^https?:/i.test(url);

const hasMessage = ({ msg, msg_type: type }: Reply): boolean => msg !== undefined || type !== undefined;

/** Whether the reply is an error. That error handling is a message of this type is inferred, and so is a key by that name. */
const isError = ({ msg_type: type, error }: Reply): boolean => type === 'error' || Boolean(error);

/** The two combinations that the documentation forbids (docs/webhooks), both before a form is processed. */
export const disallowed: readonly Rule[] = [
	{
		isBroken: (reply, moment) => moment === 'before' && isError(reply) && reply.msg_type === 'success',
		sentence: 'An error and a message of type success cannot go together before a form is processed',
		advice: "Regpack's rule: an error stops the submission, which is no success. Take another message type, or leave the error out.",
	},
	{
		isBroken: (reply, moment) => moment === 'before' && isError(reply) && Boolean(reply.jdoc),
		sentence: 'An error and new field values cannot go together before a form is processed',
		advice:
			"Regpack's rule: an error stops the submission, and changing fields lets it go on. Show the message with another type, or only stop the submission.",
	},
];

/** What could not work, in a reply that is put together from parameters. */
const faults: readonly Rule[] = [
	{
		isBroken: ({ msg_type: type }) => type !== undefined && !(MESSAGE_TYPES as readonly string[]).includes(type),
		sentence: 'The message type is none that Regpack knows',
		advice: `Use one of: ${MESSAGE_TYPES.join(', ')}.`,
	},
	{
		isBroken: (reply) => hasMessage(reply) && ((reply.msg ?? '').trim() === '' || reply.msg_type === undefined),
		sentence: 'The message has no text',
		advice: 'Give it a text: a type without a text, or a text without a type, is not documented.',
	},
	{
		isBroken: (_reply, _moment, redirect) => redirect !== undefined && !isHttp(redirect),
		sentence: 'The redirect URL is not a valid URL',
		advice: 'Regpack redirects to valid URLs only: begin with https://.',
	},
	{
		isBroken: ({ jdoc }) => jdoc !== undefined && Object.keys(jdoc).length === 0,
		sentence: 'No field is to be filled in',
		advice: 'Add at least one field, or let the form pass.',
	},
];

/** All that a reply which is put together from parameters must keep. */
export const rules: readonly Rule[] = [...disallowed, ...faults];

/** The first of some rules that a reply breaks. */
export const violatedRule = (reply: Reply, moment: ReplyPoint, redirect?: string, among = rules): Rule | undefined =>
	among.find(({ isBroken }) => isBroken(reply, moment, redirect));

/** What the editor shows of the moments. */
export const replyPointOptions = Object.entries(replyPoints).map(([value, { name, events }]) => ({
	name,
	value,
	description: events.join(', '),
}));
