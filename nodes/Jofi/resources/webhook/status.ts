import type { IDataObject } from 'n8n-workflow';

import { redactUrl } from '../../../shared/values/redact';
import { asText } from '../../../shared/values/text';

/** Host and path, which alone decide where a URL leads; the query may contain a secret. */
const hostAndPath = (url: string) => {
	const { host, pathname } = new URL(url);
	return `${host}${pathname.replace(/\/+$/, '')}`;
};

/** The URL that JOFI delivers to; `undefined` if there is none, or not a valid one. */
function liveUrlOf({ webhook_endpoint }: IDataObject): string | undefined {
	const url = asText(webhook_endpoint) ?? '';
	return URL.canParse(url) ? url : undefined;
}

function accountObstacles(account: IDataObject): string[] {
	if (account.mode === 'test') {
		return [
			'The API key is a test key, whose account is made up: use a live key to check your account.',
		];
	}
	const obstacles: string[] = [];
	if (account.webhooks_enabled !== true) {
		obstacles.push(
			'Webhooks are not enabled for this account: ask your JOFI representative to enable them.',
		);
	}
	if (liveUrlOf(account) === undefined) {
		obstacles.push(
			'JOFI has no live webhook URL for this account, or one that is not valid: send the Production URL of the JOFI Trigger to your JOFI representative.',
		);
	}
	return obstacles;
}

function triggerObstacles(triggerUrl: string): string[] {
	if (!URL.canParse(triggerUrl)) {
		return ['The URL of the trigger is not a URL: copy it from Webhook URLs in the JOFI Trigger.'];
	}
	const { protocol, pathname } = new URL(triggerUrl);
	const obstacles: string[] = [];
	if (pathname.includes('/webhook-test/')) {
		obstacles.push(
			'This is the Test URL of the trigger, which works in the editor only: copy the Production URL.',
		);
	}
	if (protocol !== 'https:') {
		obstacles.push(
			'The URL of the trigger is not HTTPS, and JOFI delivers to HTTPS only: copy it again when n8n has a public HTTPS address.',
		);
	}
	return obstacles;
}

function mismatchObstacles(account: IDataObject, triggerUrl: string): string[] {
	const liveUrl = liveUrlOf(account);
	if (liveUrl === undefined || hostAndPath(liveUrl) === hostAndPath(triggerUrl)) return [];
	return [
		"JOFI delivers to a different URL than the trigger's: ask your JOFI representative to change it. An account has one live URL.",
	];
}

/** What keeps JOFI from delivering, as sentences that say what to do. */
function obstaclesOf(account: IDataObject, triggerUrl: string): string[] {
	if (triggerUrl === '') return accountObstacles(account);
	const obstacles = triggerObstacles(triggerUrl);
	const canCompare = obstacles.length === 0 && account.mode !== 'test';
	return [
		...accountObstacles(account),
		...obstacles,
		...(canCompare ? mismatchObstacles(account, triggerUrl) : []),
	];
}

/**
 * Whether JOFI is set up to deliver to a trigger, according to the account of GET /accounts. That
 * has the live URL and whether deliveries are enabled, but neither the test URL nor how deliveries
 * are verified (documented, api/accounts).
 *
 * @param triggerUrl the trigger's production URL; empty to check only the account
 */
export function webhookStatus(account: IDataObject, triggerUrl: string): IDataObject {
	const obstacles = obstaclesOf(account, triggerUrl);
	const delivers = obstacles.length === 0;
	const target = triggerUrl === '' ? 'its live webhook URL' : 'this trigger';
	return {
		mode: account.mode ?? null,
		delivers,
		summary: delivers ? `JOFI delivers events to ${target}.` : obstacles.join(' '),
		obstacles,
		webhooksEnabled: account.webhooks_enabled === true,
		webhookEndpoint: redactUrl(account.webhook_endpoint),
		triggerUrl: redactUrl(triggerUrl),
	};
}
