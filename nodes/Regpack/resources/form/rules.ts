import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { moments, type Moment } from '../../moments';

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
	isBroken(reply: Reply, moment: Moment, redirect: string | undefined): boolean;
	sentence: string;
	advice: string;
}

const isHttp = (url: string): boolean => z.string().url().safeParse(url).success && /^https?:/i.test(url);

const hasMessage = ({ msg, msg_type: type }: Reply): boolean => msg !== undefined || type !== undefined;

/**
 * What the documentation forbids (docs/webhooks), and what it says nothing of and could not work. That error
 * handling is a message of type error is inferred.
 */
export const rules: readonly Rule[] = [
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
		isBroken: ({ msg_type: type, jdoc }, moment) => moment === 'before' && type === 'error' && jdoc !== undefined,
		sentence: 'An error and new field values cannot go together before a form is processed',
		advice:
			"Regpack's rule: an error stops the submission, and changing fields lets it go on. Show the message with another type, or only stop the submission.",
	},
	{
		isBroken: (reply, moment, redirect) => moment === 'opened' && redirect === undefined && Object.keys(reply).length > 0,
		sentence: 'A form that is being opened can only be redirected',
		advice: 'For this event Regpack documents redirects alone. Let it pass, or redirect.',
	},
	{
		isBroken: (_reply, _moment, redirect) => redirect !== undefined && !isHttp(redirect),
		sentence: 'The redirect URL is not a valid URL',
		advice: 'Regpack redirects to valid URLs only: begin with https://.',
	},
	{
		isBroken: (reply, _moment, redirect) => redirect !== undefined && (hasMessage(reply) || reply.jdoc !== undefined),
		sentence: 'A redirect cannot have a message or field values',
		advice: 'Regpack documents no such combination: whoever is redirected would not see it.',
	},
	{
		isBroken: ({ jdoc }) => jdoc !== undefined && Object.keys(jdoc).length === 0,
		sentence: 'No field is to be filled in',
		advice: 'Add at least one field, or let the form pass.',
	},
];

/** The first rule that a reply breaks. */
export const brokenRule = (...given: Parameters<Rule['isBroken']>): Rule | undefined =>
	rules.find(({ isBroken }) => isBroken(...given));

/** What the editor shows of the moments. */
export const momentOptions = Object.entries(moments).map(([value, { name, events }]) => ({
	name,
	value,
	description: events.join(', '),
}));
