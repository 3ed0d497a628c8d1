import type { IExecuteFunctions } from 'n8n-workflow';

import { hourMark, isComparing, keyMark, silenceKey, subjectMark, isWatching } from './backstop';
import { processedKeys } from './deduplicate';
import { definitionOf } from './identify';
import type { TriggerOptions } from './options';
import { triggerIdOf } from './recentKeys';
import type { Event, EventSource } from './types';

/** The mark of the hour that each trigger of this process has recorded last. */
const lastHours = new Map<string, string>();

/**
 * Records which events deliveries brought, and that something came, for the polling triggers of the
 * workflow that report what did not: they may run in another process, and see n8n's record only. A
 * failure is logged, as an alarm must not stop what it watches. Test runs record nothing.
 */
export async function noteHeard(
	context: IExecuteFunctions,
	{ provider, subjectOf }: EventSource,
	events: readonly Event[],
	options: TriggerOptions,
): Promise<void> {
	const real = events.filter(({ event }) => definitionOf(provider, event)?.kind === undefined);
	if (real.length === 0 || context.getMode() === 'manual' || !isWatching(context)) return;
	const now = Date.now();
	const hour = hourMark(provider, now);
	const isNewHour = lastHours.get(triggerIdOf(context)) !== hour;
	const subjects = real.flatMap((event) => subjectOf?.(event) ?? []);
	const marks = [
		...(isComparing(context)
			? [
					...real.map(({ eventKey }) => keyMark(eventKey)),
					...subjects.map((subject) => subjectMark(provider, subject, now)),
				]
			: []),
		...(isNewHour ? [hour] : []),
	];
	if (marks.length === 0) return;
	const record = processedKeys(context, options);
	try {
		await record.note(marks);
		if (!isNewHour) return;
		await record.takeBack([silenceKey(provider)]);
		lastHours.set(triggerIdOf(context), hour);
	} catch (error) {
		context.logger.warn(
			`That a delivery came was not recorded, so it may be reported as missed: ${(error as Error).message}`,
		);
	}
}
