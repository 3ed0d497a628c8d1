import type { IDataObject } from 'n8n-workflow';
import takeWhile from 'lodash/takeWhile';

import { redactText } from '../../../shared/values/redact';
import { asText, textAt } from '../../../shared/values/text';
import { datetimeOf, hasFailed, newestFirst, statusOf } from '../../api/webhookCalls';

const SUPPORT = 'support@intuition-software.fr';

/** Enough of a response to recognize it. */
const MAX_BODY_LENGTH = 300;

/** The start of a text, with likely secrets hidden. */
export const excerpt = (text: string): string => redactText(text).slice(0, MAX_BODY_LENGTH);

/** What a status means for a webhook of n8n, and what to do; the first that applies. */
const ADVICE: ReadonlyArray<[(status: number) => boolean, string]> = [
	[
		(status) => status === 0,
		'No response is recorded: check that n8n can be reached from the internet and responds within 30 seconds.',
	],
	[
		(status) => status === 401 || status === 403,
		`n8n rejected the request's authentication: compare the credential of the trigger with what you agreed with ${SUPPORT}.`,
	],
	[
		(status) => status === 404 || status === 410,
		`Nothing listens at the address: publish the workflow, and ask ${SUPPORT} to use the Production URL of its trigger.`,
	],
	[
		(status) => status >= 300 && status < 400,
		`The address redirects: ask ${SUPPORT} to use the Production URL of the trigger as it is.`,
	],
	[
		(status) => status >= 500,
		'n8n, or a proxy in front of it, could not handle the call: check their logs.',
	],
	[() => true, 'Check lastFailure to see the response.'],
];

const adviceFor = (status: number) => ADVICE.find(([applies]) => applies(status))![1];

const isServerError = (call: IDataObject) => statusOf(call) >= 500;

const callsOf = (count: number) => (count === 1 ? 'call' : `${count} calls`);

/** The history has no URLs (documented by omission). */
const SCOPE = 'This is about all webhooks of the account, as the history of calls has no URLs.';

const CATCH_UP = 'Step Change: Get Many with Since ID finds what was missed in the meantime.';

interface Findings {
	count: number;
	failures: number;
	consecutiveFailures: number;
	consecutiveServerErrors: number;
	likelySuspended: boolean;
	newest?: IDataObject;
	lastFailure?: IDataObject;
}

/** How the webhooks are, and what to do about it. */
function summaryOf(findings: Findings): string {
	const {
		count,
		failures,
		consecutiveFailures,
		consecutiveServerErrors,
		likelySuspended,
		newest,
		lastFailure,
	} = findings;
	if (!newest) {
		return `The history contains no calls. JobAffinity's support sets up webhooks: send the Production URL of the trigger to ${SUPPORT}.`;
	}
	if (!lastFailure) return `Webhooks work: the newest ${callsOf(count)} succeeded. ${SCOPE}`;
	const advice = adviceFor(statusOf(newest));
	if (likelySuspended) {
		return `JobAffinity may have suspended its calls, as the responses to the newest ${callsOf(consecutiveServerErrors)} were 5xx. ${advice} Then ask ${SUPPORT} to resume them. ${CATCH_UP} ${SCOPE}`;
	}
	if (consecutiveFailures > 0) {
		return `Webhooks do not work: the newest ${callsOf(consecutiveFailures)} did not succeed. ${advice} ${CATCH_UP} ${SCOPE}`;
	}
	return `Webhooks work again: the newest ${callsOf(1)} succeeded, while ${failures} of ${count} did not, the last at ${datetimeOf(lastFailure) ?? 'an unknown time'}. Webhook Call: Get Many with Failed Only lists them. ${SCOPE}`;
}

/**
 * The health of JobAffinity's webhooks, according to its calls. It suspends calls to an address
 * that regularly responds with 5xx (documented, guide on webhooks). Unknown: after how many, for
 * how long, and whether it notifies anyone; only the history shows it.
 *
 * @param calls the newest ones, in either order
 * @param suspensionThreshold how many 5xx in a row, up to the newest call, suggest that calls are
 * suspended
 */
export function webhookStatus(calls: IDataObject[], suspensionThreshold: number): IDataObject {
	const sorted = newestFirst(calls);
	const failed = sorted.filter(hasFailed);
	const [newest] = sorted;
	const [lastFailure] = failed;
	const consecutiveFailures = takeWhile(sorted, hasFailed).length;
	const consecutiveServerErrors = takeWhile(sorted, isServerError).length;
	const likelySuspended =
		consecutiveServerErrors > 0 && consecutiveServerErrors >= suspensionThreshold;
	const [count, failures] = [calls.length, failed.length];
	return {
		calls: count,
		failures,
		failureRate: count === 0 ? null : Math.round((failures / count) * 10_000) / 10_000,
		lastCallAt: newest ? datetimeOf(newest) : null,
		lastFailure: lastFailure
			? {
					datetime: datetimeOf(lastFailure),
					status: statusOf(lastFailure),
					body: excerpt(asText(lastFailure.response_body) ?? ''),
					applicationLink: textAt(lastFailure, 'application._self'),
				}
			: null,
		consecutiveFailures,
		likelySuspended,
		summary: summaryOf({
			count,
			failures,
			consecutiveFailures,
			consecutiveServerErrors,
			likelySuspended,
			newest,
			lastFailure,
		}),
	};
}
