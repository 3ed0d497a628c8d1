import type { IDataObject } from 'n8n-workflow';

import { redactField } from '../delivery/redact';
import { textAt } from '../delivery/text';

/** What the receiver answered; 0 when it is not said, as what the history shows of a timeout is unknown. */
export const statusOf = (call: IDataObject): number => Number(textAt(call, 'response_status') ?? 0) || 0;

/** Whether the call was not answered with success. That any 2xx is one is inferred; 200 is documented. */
export const hasFailed = (call: IDataObject): boolean => statusOf(call) < 200 || statusOf(call) >= 300;

/** The call as items show it: an answer of a proxy may repeat the URL or the headers, and with them a secret. */
export const shownCall = (call: IDataObject): IDataObject => redactField(call, 'response_body');

/** When it was made: `YYYY-MM-DD HH:MM:SS` without a zone (documented), which sorts as text. */
export const timeOf = (call: IDataObject): string | null => textAt(call, 'datetime');

/** Whether the newest come last. That they come first is inferred from the history's purpose, not documented. */
export function comeOldestFirst(calls: IDataObject[]): boolean {
	const times = calls.map(timeOf).filter((time) => time !== null);
	return times.length > 1 && times[0] < times[times.length - 1];
}
