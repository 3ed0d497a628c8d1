import type { IExecuteFunctions } from 'n8n-workflow';
import isEmpty from 'lodash/isEmpty';
import { z } from 'zod';

import { requestBody, tableProperties } from '../../../shared/actions/fieldTable';
import type { Hint, Operation } from '../../../shared/actions/operation';
import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { replyPointOf, replyPoints, type ReplyPoint } from '../../trigger/replyPoints';
import { fields } from './fields';
import { violatedRule, disallowed, kinds, rules, type Kind, type Reply } from './rules';
import { waitingTrigger } from './waiting';

/** The longest reply, in characters of JSON; what Regpack takes is not documented. */
const MAX_LENGTH = 100_000;

/** Reads a parameter as text. */
type TextParameter = (name: string) => string;

/** The reply event that the parameter names, if the waiting event allows it. */
function replyPointFor(
	textAt: TextParameter,
	event: string | undefined,
	refuse: ParameterErrorFactory,
): ReplyPoint {
	const moment = textAt('moment') as ReplyPoint;
	if (!Object.hasOwn(replyPoints, moment))
		throw refuse('Form Event is not valid', `Use one of: ${Object.keys(replyPoints).join(', ')}.`);
	const actual = event === undefined ? moment : replyPointOf(event);
	if (actual === moment) return moment;
	const advice = actual
		? `set Form Event to "${replyPoints[actual].name}"`
		: 'Regpack waits for no reply to it';
	throw refuse(
		`This reply does not match the event ${event}`,
		`The execution started with ${event}: ${advice}.`,
	);
}

/** The kind of reply, if it is possible at this point. */
function kindAt(moment: ReplyPoint, textAt: TextParameter, refuse: ParameterErrorFactory): Kind {
	const given = textAt('reply');
	const kind = kinds[moment].find((each) => each === given);
	if (kind) return kind;
	throw refuse(
		`There is no reply "${given}" ${replyPoints[moment].name.toLowerCase()}`,
		`Use one of: ${kinds[moment].join(', ')}.`,
	);
}

/**
 * The reply with the URL under the key that the parameters give, which must have no other meaning.
 */
function withRedirect(
	{ jdoc, ...reply }: Reply,
	textAt: TextParameter,
	refuse: ParameterErrorFactory,
) {
	const redirect = textAt('redirectUrl');
	const key = textAt('redirectKey');
	if (['', 'msg', 'msg_type', 'focus_on', 'jdoc'].includes(key)) {
		throw refuse(
			'The redirect key cannot be used',
			'Enter a key other than msg, msg_type, focus_on or jdoc.',
		);
	}
	return { reply: { [key]: redirect, ...(!isEmpty(jdoc) && { jdoc }), ...reply }, redirect };
}

/** The reply that the parameters make, and the URL it leads to, if any. */
function replyOf(
	kind: Kind,
	context: IExecuteFunctions,
	index: number,
	textAt: TextParameter,
	refuse: ParameterErrorFactory,
): { reply: Reply; redirect?: string } {
	const reply: Reply = requestBody(context, index, { main: fields });
	if (kind === 'stop') reply.msg_type = 'error';
	// Besides fields or a redirect, a message is optional.
	if ((kind === 'fill' || kind === 'redirect') && reply.msg === undefined) delete reply.msg_type;
	return kind === 'redirect' ? withRedirect(reply, textAt, refuse) : { reply };
}

/** A node that is tried alone has nobody to reply to. */
const TEST_ONLY = 'Test only: works after a Regpack Trigger.';

function hintIfNotWaiting(waiting: ReturnType<typeof waitingTrigger>, hint: Hint): void {
	if (waiting?.responseMode === 'responseNode') return;
	hint(
		waiting
			? 'No form is waiting for this reply: set Respond of the Regpack Trigger to Using Regpack Node.'
			: TEST_ONLY,
	);
}

/**
 * Form Reply: answers the delivery that started the execution, while the applicant's page waits
 * (documented, docs/webhooks: the keys and their effects; a flat JSON object with 200 is inferred).
 * The input goes on.
 */
export const reply: Operation = {
	value: 'reply',
	name: 'Reply',
	action: 'Reply to form',
	description:
		'Reply to the form of a waiting applicant: let it pass, show a message, stop it, fill fields, redirect, or send any JSON',
	offline: true,
	fields: tableProperties({ main: fields }),
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
		const textAt: TextParameter = (name) =>
			asText(context.getNodeParameter(name, index, ''))?.trim() ?? '';
		const waiting = waitingTrigger(context, index);
		const moment = replyPointFor(textAt, waiting?.event, refuse);
		const kind = kindAt(moment, textAt, refuse);
		const { reply: body, redirect } = replyOf(kind, context, index, textAt, refuse);
		const violated = violatedRule(body, moment, redirect, kind === 'json' ? disallowed : rules);
		if (violated) throw refuse(violated.sentence, violated.advice);
		if (JSON.stringify(body).length > MAX_LENGTH) {
			throw refuse(
				'The reply is too long',
				`A form gets ${MAX_LENGTH} characters of JSON at most.`,
			);
		}
		hintIfNotWaiting(waiting, hint);
		if (index > 0) hint('A form gets one reply, that of the first item. The others were not sent.');
		else
			context.sendResponse({
				statusCode: 200,
				headers: { 'content-type': 'application/json; charset=utf-8' },
				body,
			});
		const item = { ...json, ...(!waiting && { note: TEST_ONLY }), formReply: body };
		return binary ? { json: item, binary } : item;
	},
};
