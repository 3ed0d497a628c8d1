/**
 * When Regpack waits for a reply (documented, docs/webhooks). Error handling before a form is processed stops
 * it, and cannot be combined with changing its fields; after it was submitted the two can. For a form that is
 * opened only redirects are mentioned, and no key of its reply.
 */
export const replyPoints = {
	before: { name: 'Before a Form Is Processed', events: ['form_preprocess', 'form_preprocess_*'] },
	after: { name: 'After a Form Was Submitted', events: ['form_submit_*'] },
	opened: { name: 'When a Form Is Opened', events: ['form_load_*'] },
} as const;

export type ReplyPoint = keyof typeof replyPoints;

/** The moment at which an event is sent; `undefined` when Regpack waits for no reply. */
export const replyPointOf = (event: string): ReplyPoint | undefined =>
	(Object.keys(replyPoints) as ReplyPoint[]).find((moment) => (replyPoints[moment].events as readonly string[]).includes(event));

/** The events whose senders wait for a reply. */
export const replyEvents: string[] = Object.values(replyPoints).flatMap(({ events }) => [...events]);
