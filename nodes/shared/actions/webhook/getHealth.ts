import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { TriggerLog } from '../../webhook/deliveries';
import type { Operation } from '../operation';
import {
	chosenTriggers,
	isoTime,
	processSchema,
	thisProcess,
	triggerFields,
	type ThisProcess,
} from './chosenTriggers';
import type { TriggerType } from './triggerType';

const text = z.string().nullable();
const number = z.number().nullable();

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** What to do about a refusal, by its status. */
const ADVICE: Record<number, string> = {
	401: "The sender and the trigger's credential differ: was the secret changed?",
	403: 'If they come from the provider, complete the IP allowlist; behind a proxy set N8N_PROXY_HOPS.',
	503: 'n8n could not take them at that time; a sender that repeats them is answered later.',
};

const OTHER_ADVICE = 'The bodies were not what the provider sends, or were too large.';

/** Whether deliveries get through: `null` when nothing that was meant for the trigger came. */
function worksOf({ outcomes }: TriggerLog): boolean | null {
	const handled = [outcomes.accepted, outcomes.duplicate, outcomes.notSelected];
	const lastHandled = Math.max(...handled.map(({ lastAt = 0 }) => lastAt));
	const { lastAt: lastRefused = 0 } = outcomes.refused;
	return lastHandled === 0 && lastRefused === 0 ? null : lastHandled >= lastRefused;
}

function summaryOf({ type, since, blindness }: ThisProcess, log: TriggerLog | undefined): string {
	if (blindness !== undefined) return blindness;
	if (!log)
		return `Nothing was received in this process (${type}), which started at ${since}. In queue mode, each process knows only its own deliveries.`;
	const { accepted, duplicate, notSelected, refused } = log.outcomes;
	const counts = `${accepted.count} accepted, ${duplicate.count} skipped as duplicates, ${notSelected.count} not selected, ${refused.count} refused since ${since}.`;
	const [newest] = [...log.reasons].sort(([, a], [, b]) => (b.lastAt ?? 0) - (a.lastAt ?? 0));
	if (!newest) return `Deliveries get through: ${counts}`;
	const [reason, { status, count }] = newest;
	const advice = ADVICE[status] ?? OTHER_ADVICE;
	return worksOf(log)
		? `Deliveries get through: ${counts} The last that was refused came before: ${reason} (${times(count)})`
		: `The latest delivery was refused (${status}): ${reason} This happened ${times(count)}. ${advice} ${counts}`;
}

function outcomeFields(log: TriggerLog | undefined): IDataObject {
	const { accepted, duplicate, notSelected, refused } = log?.outcomes ?? {};
	return {
		accepted: accepted?.count ?? null,
		duplicates: duplicate?.count ?? null,
		notSelected: notSelected?.count ?? null,
		refused: refused?.count ?? null,
		lastAcceptedAt: isoTime(accepted?.lastAt),
		lastDuplicateAt: isoTime(duplicate?.lastAt),
		lastNotSelectedAt: isoTime(notSelected?.lastAt),
		lastRefusedAt: isoTime(refused?.lastAt),
		refusals: [...(log?.reasons ?? [])].map(([reason, { status, count, lastAt }]) => ({
			reason,
			status,
			count,
			lastAt: isoTime(lastAt),
		})),
	};
}

/** Get Health: how deliveries fare at a trigger, as this process saw them since it started. */
export const getHealthOf = (type: TriggerType): Operation => ({
	value: 'getHealth',
	name: 'Get Health',
	action: 'Get health of webhook',
	description: `Find out whether deliveries to the ${type.source.provider.label} Trigger get through: how many were accepted, skipped and refused, and why`,
	offline: true,
	fields: triggerFields(type),
	schema: z.object({
		works: z.boolean().nullable(),
		summary: z.string(),
		accepted: number,
		duplicates: number,
		notSelected: number,
		refused: number,
		lastAcceptedAt: text,
		lastDuplicateAt: text,
		lastNotSelectedAt: text,
		lastRefusedAt: text,
		refusals: z.array(
			z.object({ reason: z.string(), status: z.number(), count: z.number(), lastAt: text }),
		),
		...processSchema,
	}),
	run(context, index, hint) {
		const here = thisProcess(context);
		if (here.blindness !== undefined) hint(here.blindness);
		return Promise.resolve(
			chosenTriggers(context, index, type).map(({ workflowId, node, log }) => ({
				works: log ? worksOf(log) : null,
				summary: summaryOf(here, log),
				...outcomeFields(log),
				workflowId,
				trigger: node,
				process: here.type,
				processSince: here.since,
			})),
		);
	},
});
