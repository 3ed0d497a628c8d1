import type { IDataObject } from 'n8n-workflow';
import takeWhile from 'lodash/takeWhile';

import { redactText } from '../../../shared/values/redact';
import { asText, textAt } from '../../../shared/values/text';
import { hasFailed, newestFirst as sorted, statusOf, timeOf } from '../../api/webhookCalls';

const SUPPORT = 'support@intuition-software.fr';

/** More of an answer is not needed to see what it was. */
const MOST_OF_BODY = 300;

/** The start of a text, without what may be secret in it. */
export const excerpt = (text: string): string => redactText(text).slice(0, MOST_OF_BODY);

/** What an answer means for a webhook of n8n, and what to do; the first that applies. */
const ADVICE: ReadonlyArray<[(status: number) => boolean, string]> = [
	[
		(status) => status === 0,
		'No answer is known of: check that n8n can be reached from the internet and answers within 30 seconds.',
	],
	[
		(status) => status === 401 || status === 403,
		`n8n did not accept the proof: compare the credential of the trigger with what you agreed with ${SUPPORT}.`,
	],
	[
		(status) => status === 404 || status === 410,
		`Nothing listens at the address: publish the workflow, and ask ${SUPPORT} to use the Production URL of its trigger.`,
	],
	[
		(status) => status >= 300 && status < 400,
		`The address redirects: ask ${SUPPORT} to use the Production URL of the trigger as it is.`,
	],
	[(status) => status >= 500, 'n8n, or a proxy before it, was not able to take the call: look into their logs.'],
	[() => true, 'Look at lastFailure to see what the answer was.'],
];

const adviceFor = (status: number) => ADVICE.find(([applies]) => applies(status))![1];

const isServerError = (call: IDataObject) => statusOf(call) >= 500;

const callsOf = (count: number) => (count === 1 ? 'call' : `${count} calls`);

/** The history names no URL (documented by omission). */
const WHOSE = 'This is about all webhooks of the account, since the history of calls names no URL.';

const CATCH_UP = 'Step Change: Get Many with Since ID finds what was missed meanwhile.';

interface Findings {
	count: number;
	failures: number;
	consecutive: number;
	serverErrors: number;
	likelySuspended: boolean;
	newest?: IDataObject;
	lastFailure?: IDataObject;
}

/** How the webhooks are, and what to do about it. */
function summaryOf({ count, failures, consecutive, serverErrors, likelySuspended, newest, lastFailure }: Findings): string {
	if (!newest || !lastFailure) {
		return count === 0
			? `The history holds no calls. JobAffinity's support sets webhooks up: send the Production URL of the trigger to ${SUPPORT}.`
			: `Webhooks work: the newest ${callsOf(count)} succeeded.`;
	}
	const advice = adviceFor(statusOf(newest));
	if (likelySuspended) {
		return `JobAffinity may have suspended its calls, as the newest ${callsOf(serverErrors)} were answered 5xx. ${advice} Then ask ${SUPPORT} to resume them. ${CATCH_UP}`;
	}
	if (consecutive > 0) {
		return `Webhooks do not work: the newest ${callsOf(consecutive)} did not succeed. ${advice} ${CATCH_UP}`;
	}
	return `Webhooks work again: the newest ${callsOf(1)} succeeded, while ${failures} of ${count} did not, the last at ${timeOf(lastFailure) ?? 'an unknown time'}. Webhook Call: Get Many with Failed Only lists them.`;
}

/**
 * How JobAffinity's webhooks are, judged by its calls. It suspends calls to an address that regularly
 * answers 5xx (documented, guide on webhooks); after how many, for how long, and whether it tells anybody is
 * unknown, and nothing but the history shows it.
 *
 * @param calls the newest ones, in either order
 * @param suspectAfter how many 5xx in a row, the newest among them, suggest that calls are suspended
 */
export function webhookHealth(calls: IDataObject[], suspectAfter: number): IDataObject {
	const newestFirst = sorted(calls);
	const failed = newestFirst.filter(hasFailed);
	const [newest] = newestFirst;
	const [lastFailure] = failed;
	const serverErrors = takeWhile(newestFirst, isServerError).length;
	const findings: Findings = {
		count: calls.length,
		failures: failed.length,
		consecutive: takeWhile(newestFirst, hasFailed).length,
		serverErrors,
		likelySuspended: serverErrors > 0 && serverErrors >= suspectAfter,
		newest,
		lastFailure,
	};
	return {
		calls: findings.count,
		failures: findings.failures,
		failureRate: calls.length === 0 ? null : Math.round((failed.length / calls.length) * 10_000) / 10_000,
		lastCallAt: newest ? timeOf(newest) : null,
		lastFailure: lastFailure
			? {
					datetime: timeOf(lastFailure),
					status: statusOf(lastFailure),
					body: excerpt(asText(lastFailure.response_body) ?? ''),
					applicationLink: textAt(lastFailure, 'application._self'),
				}
			: null,
		consecutiveFailures: findings.consecutive,
		likelySuspended: findings.likelySuspended,
		summary: findings.count === 0 ? summaryOf(findings) : `${summaryOf(findings)} ${WHOSE}`,
	};
}
