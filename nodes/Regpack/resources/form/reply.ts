import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { Hint, Operation } from '../../../shared/actions/operation';
import { parseJsonObject, parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { replyPointOf, replyPoints, type ReplyPoint } from '../../trigger/replyPoints';
import { fields } from './fields';
import { violatedRule, disallowed, kinds, rules, type Kind, type Reply } from './rules';
import { waitingTrigger } from './waiting';

/** Of any reply, in characters of JSON; what Regpack takes is not documented. */
const LONGEST = 100_000;

type Parameter = (name: string, fallback?: unknown) => unknown;

const textOf = (value: unknown): string => asText(value)?.trim() ?? '';

/** The message that is set, with its type; nothing where its text is empty. */
const messageOf = (text: string, type: unknown): Reply => (text === '' ? {} : { msg: text, msg_type: textOf(type) });

/** The fields that are listed, and those of the JSON object. */
function fieldsOf(parameter: Parameter, refuse: ParameterErrorFactory): IDataObject {
	const { field = [] } = parameter('fields', {}) as { field?: IDataObject[] };
	const listed = field.map(({ name, value }) => {
		const key = textOf(name);
		if (key === '') throw refuse('A field has no name', 'Give its mapped name or its field ID.');
		return [key, value];
	});
	return { ...Object.fromEntries(listed), ...parseJsonObject('Additional Fields (JSON)', parameter('additionalFieldsJson', {}), refuse) };
}

/** The field to put the cursor into, where there is one. */
function focusOf(parameter: Parameter): Reply {
	const focus = textOf(parameter('focusOn', ''));
	return focus === '' ? {} : { focus_on: focus };
}

/** What goes along with field values or a redirect. */
const extrasOf = (parameter: Parameter): Reply => ({
	...messageOf(textOf(parameter('messageWithIt', '')), parameter('messageType', 'information')),
	...focusOf(parameter),
});

/** The object that the user writes, as it is sent: an expression may give dates and the like. */
const ownReply = (parameter: Parameter, refuse: ParameterErrorFactory): Reply =>
	JSON.parse(JSON.stringify(parseJsonObject('JSON Object', parameter('replyJson', {}), refuse))) as Reply;

/** What the parameters say; `redirect` is where it leads to, under whatever key. */
function replyOf(kind: Kind, parameter: Parameter, refuse: ParameterErrorFactory): { reply: Reply; redirect?: string } {
	const text = { msg: textOf(parameter('message', '')), ...focusOf(parameter) };
	switch (kind) {
		case 'pass':
			return { reply: {} };
		case 'message':
			return { reply: { ...text, msg_type: textOf(parameter('messageType', 'information')) } };
		case 'stop':
			return { reply: { ...text, msg_type: 'error' } };
		case 'fill':
			return { reply: { jdoc: fieldsOf(parameter, refuse), ...extrasOf(parameter) } };
		case 'json':
			return { reply: ownReply(parameter, refuse) };
		default: {
			const redirect = textOf(parameter('redirectUrl', ''));
			const key = textOf(parameter('redirectKey', 'redirect'));
			if (['', 'msg', 'msg_type', 'focus_on', 'jdoc'].includes(key)) {
				throw refuse('The redirect key cannot be used', 'Enter a key other than msg, msg_type, focus_on or jdoc.');
			}
			const jdoc = fieldsOf(parameter, refuse);
			return { reply: { [key]: redirect, ...(Object.keys(jdoc).length > 0 && { jdoc }), ...extrasOf(parameter) }, redirect };
		}
	}
}

/** The moment that the parameter names, if the event that is waiting allows it. */
function momentFor(parameter: Parameter, event: string | undefined, refuse: ParameterErrorFactory): ReplyPoint {
	const moment = textOf(parameter('moment')) as ReplyPoint;
	if (!Object.hasOwn(replyPoints, moment)) throw refuse('Form Event is not known', `Use one of: ${Object.keys(replyPoints).join(', ')}.`);
	const actual = event === undefined ? moment : replyPointOf(event);
	if (actual === moment) return moment;
	const meant = actual ? `set Form Event to "${replyPoints[actual].name}"` : 'Regpack waits for no reply to it';
	throw refuse(`This reply is not one to ${event}`, `The execution began with ${event}: ${meant}.`);
}

/** Which of the replies at a moment is chosen. */
function kindAt(moment: ReplyPoint, parameter: Parameter, refuse: ParameterErrorFactory): Kind {
	const given = textOf(parameter('reply'));
	const kind = kinds[moment].find((each) => each === given);
	if (kind) return kind;
	throw refuse(`There is no reply "${given}" ${replyPoints[moment].name.toLowerCase()}`, `Use one of: ${kinds[moment].join(', ')}.`);
}

/** Refuses what Regpack's documentation forbids, what could not work, and what is too long. */
function check(kind: Kind, reply: Reply, moment: ReplyPoint, redirect: string | undefined, refuse: ParameterErrorFactory): void {
	const broken = violatedRule(reply, moment, redirect, kind === 'json' ? disallowed : rules);
	if (broken) throw refuse(broken.sentence, broken.advice);
	if (JSON.stringify(reply).length <= LONGEST) return;
	throw refuse('The reply is too long', `A form gets ${LONGEST} characters of JSON at most.`);
}

function hintIfNobodyWaits(waiting: ReturnType<typeof waitingTrigger>, hint: Hint): void {
	if (waiting?.responseMode === 'responseNode') return;
	hint(
		waiting
			? 'Nobody waits for this reply: set Respond of the Regpack Trigger to Using Regpack Node.'
			: 'Nobody waits for this reply, since no Regpack Trigger began this execution.',
	);
}

/**
 * Form Reply: answers the delivery that began the execution, while the applicant's page waits (documented,
 * docs/webhooks: the keys and what they do; a flat JSON object with 200 is inferred). The input goes on.
 */
export const reply: Operation = {
	value: 'reply',
	name: 'Reply',
	action: 'Reply to form',
	description: 'Answer the form of an applicant who waits: let it pass, show a message, stop it, fill fields, redirect, or what JSON you write',
	offline: true,
	fields,
	schema: z
		.object({
			formReply: z
				.object({
					msg: z.string().nullish(),
					msg_type: z.string().nullish(),
					focus_on: z.string().nullish(),
					jdoc: z.object({}).passthrough().nullish(),
				})
				.passthrough(),
		})
		.passthrough(),
	async run(context: IExecuteFunctions, index, hint) {
		const { json, binary } = context.getInputData()[index];
		const refuse = parameterError(context, index);
		const parameter: Parameter = (name, fallback) => context.getNodeParameter(name, index, fallback as IDataObject);
		const waiting = waitingTrigger(context, index);
		const moment = momentFor(parameter, waiting?.event, refuse);
		const kind = kindAt(moment, parameter, refuse);
		const { reply: body, redirect } = replyOf(kind, parameter, refuse);
		check(kind, body, moment, redirect, refuse);
		hintIfNobodyWaits(waiting, hint);
		if (index > 0) hint('A form gets one reply: that of the first item. The others were not sent.');
		else context.sendResponse({ statusCode: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body });
		const item = { ...json, formReply: body };
		return binary ? { json: item, binary } : item;
	},
};
