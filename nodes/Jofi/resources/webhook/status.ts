import type { IDataObject } from 'n8n-workflow';

import { redactUrl } from '../../../shared/values/redact';
import { asText } from '../../../shared/values/text';

/** Host and path, which alone decide what is reached; the query may carry a secret. */
const placeOf = (url: string) => {
	const { host, pathname } = new URL(url);
	return `${host}${pathname.replace(/\/+$/, '')}`;
};

/** Where JOFI delivers to, when it is somewhere. */
function liveUrlOf({ webhook_endpoint }: IDataObject): string | undefined {
	const url = asText(webhook_endpoint) ?? '';
	return URL.canParse(url) ? url : undefined;
}

/** What is to be said of the account as such. */
function aboutAccount(account: IDataObject): string[] {
	if (account.mode === 'test') {
		return [
			'The API key is a test key, whose account is made up: use a live key to learn about your account.',
		];
	}
	return [
		...(account.webhooks_enabled === true
			? []
			: [
					'Webhooks are not enabled for this account: ask your JOFI representative to enable them.',
				]),
		...(liveUrlOf(account) === undefined
			? [
					'JOFI has no live webhook URL for this account, or one that is not valid: send the Production URL of the JOFI Trigger to your JOFI representative.',
				]
			: []),
	];
}

/** What is to be said of the trigger's URL as such. */
function aboutTrigger(triggerUrl: string): string[] {
	if (!URL.canParse(triggerUrl)) {
		return [
			'The URL of the trigger is not a URL: copy it from Webhook URLs in the JOFI Trigger.',
		];
	}
	const { protocol, pathname } = new URL(triggerUrl);
	return [
		...(pathname.includes('/webhook-test/')
			? [
					'This is the Test URL of the trigger, which works in the editor only: copy the Production URL.',
				]
			: []),
		...(protocol === 'https:'
			? []
			: [
					'The URL of the trigger is not HTTPS, and JOFI delivers to HTTPS only: copy it again when n8n has a public HTTPS address.',
				]),
	];
}

/** Whether the account's live URL is the trigger's. */
function aboutMatch(account: IDataObject, triggerUrl: string): string[] {
	const liveUrl = liveUrlOf(account);
	if (liveUrl === undefined || placeOf(liveUrl) === placeOf(triggerUrl)) return [];
	return [
		'JOFI delivers to another URL than that of the trigger: ask your JOFI representative to change it. An account has one live URL.',
	];
}

/** What keeps JOFI from delivering, as sentences that say what to do. */
function obstaclesTo(account: IDataObject, triggerUrl: string): string[] {
	const ofTrigger = triggerUrl === '' ? [] : aboutTrigger(triggerUrl);
	const canCompare = triggerUrl !== '' && ofTrigger.length === 0 && account.mode !== 'test';
	return [
		...aboutAccount(account),
		...ofTrigger,
		...(canCompare ? aboutMatch(account, triggerUrl) : []),
	];
}

/**
 * Whether JOFI is set up to deliver to a trigger, judged by the account as GET /accounts gives it. It
 * names the live URL and whether deliveries are enabled, but not the test URL nor how they are
 * verified (documented, api/accounts).
 *
 * @param triggerUrl the trigger's production URL; empty to judge the account alone
 */
export function webhookStatus(account: IDataObject, triggerUrl: string): IDataObject {
	const obstacles = obstaclesTo(account, triggerUrl);
	const delivers = obstacles.length === 0;
	const place = triggerUrl === '' ? 'its live webhook URL' : 'this trigger';
	return {
		mode: account.mode ?? null,
		delivers,
		summary: delivers ? `JOFI delivers events to ${place}.` : obstacles.join(' '),
		obstacles,
		webhooksEnabled: account.webhooks_enabled === true,
		webhookEndpoint: redactUrl(account.webhook_endpoint),
		triggerUrl: redactUrl(triggerUrl),
	};
}
