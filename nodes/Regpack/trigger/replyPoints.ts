/**
 * When Regpack waits for a reply (documented, docs/webhooks). Before a form is processed, an error
 * stops it and cannot be combined with changed fields; after it was submitted, the two can be
 * combined. For a form that is opened, only redirects are mentioned, and no key of the reply.
 */
export const replyPoints = {
	before: { name: 'Before a Form Is Processed', events: ['form_preprocess', 'form_preprocess_*'] },
	after: { name: 'After a Form Was Submitted', events: ['form_submit_*'] },
	opened: { name: 'When a Form Is Opened', events: ['form_load_*'] },
} as const;

export type ReplyPoint = keyof typeof replyPoints;

/** When an event is sent; `undefined` when Regpack waits for no reply. */
export const replyPointOf = (event: string): ReplyPoint | undefined =>
	(Object.keys(replyPoints) as ReplyPoint[]).find((point) =>
		(replyPoints[point].events as readonly string[]).includes(event),
	);

/** The events whose senders wait for a reply. */
export const replyEvents: string[] = Object.values(replyPoints).flatMap(({ events }) => [
	...events,
]);

/**
 * How many seconds a form waits for the workflow by default; how long Regpack would wait is not
 * documented.
 */
export const DEFAULT_SECONDS = 10;
export const MAX_SECONDS = 120;

/** How many seconds a form waits for the workflow, by the value of the parameter. */
export function replySecondsOf(value: unknown): number {
	const seconds = Number(value);
	return seconds > 0 ? Math.min(seconds, MAX_SECONDS) : DEFAULT_SECONDS;
}
