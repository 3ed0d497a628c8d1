import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { scheduleOf, SECONDS_UNTIL_FAILED } from './schedule';

const time = z.string().nullable();

/**
 * The time in a parameter of type `dateTime`, which the editor writes without a zone and means in that of the workflow.
 *
 * @throws NodeOperationError when it is none
 */
function timeIn(value: unknown, zone: string, refuse: ParameterErrorFactory): DateTime {
	const text = value instanceof Date ? value.toISOString() : String(value ?? '').trim();
	const found = DateTime.fromISO(text, { zone });
	if (found.isValid) return found;
	throw refuse('First Attempt At is not a date and time', 'Choose it, or give it by an expression as in 2026-03-05T14:00:00Z.');
}

/** What is documented about retries, worked out for one event; nothing is asked of anybody. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get retry schedule',
	description: 'Work out when Innovative Educators tries again to deliver an event that this n8n missed, and whether it still comes',
	offline: true,
	fields: [
		{
			displayName: 'First Attempt At',
			name: 'firstAttemptAt',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'When the event was first delivered in vain. The time of the event itself is close to it.',
		},
		{
			displayName: 'Attempts Fail',
			name: 'attemptsFail',
			type: 'options',
			default: 'atOnce',
			description: 'How n8n, or what stands before it, lets the attempts fail',
			options: [
				{ name: 'At Once', value: 'atOnce', description: 'It refuses the connection, or answers with a status outside 200 to 308' },
				{ name: 'By Timing Out', value: 'timeOut', description: 'It does not answer within 15 seconds' },
			],
		},
		{
			displayName: 'Time Zone of the Site',
			name: 'timeZone',
			type: 'string',
			default: 'America/New_York',
			placeholder: 'e.g. America/New_York',
			description: 'In which the nightly file is made; usually Eastern time. It tells which file holds the event.',
		},
	],
	schema: z.object({
		firstAttemptAt: z.string(),
		isComputed: z.boolean(),
		retries: z.array(
			z.object({ number: z.number(), expectedAt: z.string(), waitSeconds: z.number(), isLeft: z.boolean() }),
		),
		retriesLeft: z.number(),
		nextRetryAt: time,
		lastRetryAt: z.string(),
		willStillCome: z.boolean(),
		nightlyFileAt: z.string(),
		summary: z.string(),
	}),
	async run(context, index) {
		const refuse = parameterError(context, index);
		const zone = (context.getNodeParameter('timeZone', index, 'America/New_York') as string).trim();
		if (!IANAZone.isValidZone(zone)) {
			throw refuse('Time Zone of the Site is not a time zone', 'Write it as in America/New_York.');
		}
		const first = timeIn(context.getNodeParameter('firstAttemptAt', index), context.getTimezone(), refuse);
		const how = context.getNodeParameter('attemptsFail', index, 'atOnce') as string;
		return scheduleOf(first.setZone(zone), SECONDS_UNTIL_FAILED[how] ?? 0, Date.now());
	},
};
