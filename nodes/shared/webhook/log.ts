import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { triggerIdOf } from '../events/recentKeys';

const MINUTE = 60_000;
/** How many triggers and reasons are remembered; beyond that the oldest is forgotten. */
const MAX_REASONS = 1000;

/** When a line was last written, and how many like it were left out since. */
const written = new Map<string, { at: number; omitted: number }>();

/** How many lines were left out since the last one, or `undefined` if this is one of them. */
function omittedBefore(key: string, now: number): number | undefined {
	const last = written.get(key);
	if (last && now >= last.at && now - last.at < MINUTE) {
		last.omitted++;
		return undefined;
	}
	written.delete(key);
	written.set(key, { at: now, omitted: 0 });
	const [oldest] = written.keys();
	if (written.size > MAX_REASONS) written.delete(oldest);
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
	const omitted = omittedBefore(`${triggerIdOf(context)}:${level}:${reason}`, Date.now());
	if (omitted === undefined) return;
	const left = omitted === 0 ? '' : ` (${omitted} more like it since the last such line)`;
	context.logger[level](message + left, meta);
}
