import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { triggerIdOf } from '../events/recentKeys';

const SECOND = 1000;
const MINUTE = 60_000;
/** How many triggers and reasons are remembered; beyond that the oldest is forgotten. */
const MAX_REASONS = 1000;

/** When something was last done, and how many times it was left out since. */
const done = new Map<string, { at: number; omitted: number }>();

/** How many times it was left out since the last time, or `undefined` if this is one of them. */
function omittedBefore(key: string, interval: number): number | undefined {
	const now = Date.now();
	const last = done.get(key);
	if (last && now >= last.at && now - last.at < interval) {
		last.omitted++;
		return undefined;
	}
	done.delete(key);
	done.set(key, { at: now, omitted: 0 });
	const [oldest] = done.keys();
	if (done.size > MAX_REASONS) done.delete(oldest);
	return last?.omitted ?? 0;
}

/**
 * Logs what any sender can cause: one line per reason, trigger and minute, so that nobody can flood
 * n8n's log. The next line says how many were left out.
 *
 * @param reason one of few; the message by default, unless that varies from delivery to delivery
 */
export function logThrottled(
	context: IWebhookFunctions,
	level: 'info' | 'warn' | 'error',
	message: string,
	{ reason = message, ...meta }: IDataObject & { reason?: string } = {},
): void {
	const omitted = omittedBefore(`${triggerIdOf(context)}:${level}:${reason}`, MINUTE);
	if (omitted === undefined) return;
	const left = omitted === 0 ? '' : ` (${omitted} more like it since the last such line)`;
	context.logger[level](message + left, meta);
}

/** Whether something was not done at this trigger within the last second. */
export const isDue = (context: IWebhookFunctions, what: string): boolean =>
	omittedBefore(`${triggerIdOf(context)}:due:${what}`, SECOND) !== undefined;
