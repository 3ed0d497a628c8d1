import type { IDataObject } from 'n8n-workflow';

import { asText } from '../../../delivery/text';

/** The URL with the values of its query hidden, for a webhook's secret may be among them. */
export function withoutSecrets(url: unknown): string | null {
	const text = asText(url);
	if (text === null || !URL.canParse(text)) return text;
	const parsed = new URL(text);
	if (parsed.password) parsed.password = 'hidden';
	for (const key of [...parsed.searchParams.keys()]) parsed.searchParams.set(key, 'hidden');
	return parsed.href;
}

/** Host and path, which alone decide what is reached; the query may carry a secret. */
const placeOf = (url: string) => {
	const { host, pathname } = new URL(url);
	return `${host}${pathname.replace(/\/+$/, '')}`;
};

/** What is to be said of the trigger's URL as such. */
function aboutTrigger(triggerUrl: string): string[] {
	if (!URL.canParse(triggerUrl)) return ['The URL of the trigger is not a URL: copy it from Webhook URLs in the JOFI Trigger.'];
	const { protocol, pathname } = new URL(triggerUrl);
	return [
		...(protocol === 'https:' ? [] : ['The URL of the trigger is not HTTPS, and JOFI delivers to HTTPS only.']),
		...(pathname.includes('/webhook-test/')
			? ['This is the Test URL of the trigger, which works in the editor only: copy the Production URL.']
			: []),
	];
}

function aboutEndpoint(endpoint: string | null, triggerUrl: string): string[] {
	if (endpoint === null) {
		return ['JOFI has no live webhook URL for this account, or one that is not valid: send the Production URL of the JOFI Trigger to your JOFI representative.'];
	}
	if (triggerUrl === '' || !URL.canParse(triggerUrl) || !URL.canParse(endpoint)) return [];
	return placeOf(endpoint) === placeOf(triggerUrl)
		? []
		: ['JOFI delivers to another URL than that of the trigger: ask your JOFI representative to change it. An account has one live URL.'];
}

/**
 * Whether JOFI is set up to deliver to a trigger, judged by the account as GET /accounts gives it. It
 * names the live URL and whether deliveries are enabled, but not the test URL nor how they are
 * verified (documented, api/accounts).
 *
 * @param triggerUrl the trigger's production URL; empty to judge the account alone
 */
export function judgeWebhook(account: IDataObject, triggerUrl: string): IDataObject {
	const endpoint = asText(account.webhook_endpoint);
	const enabled = account.webhooks_enabled === true;
	const obstacles = [
		...(enabled ? [] : ['Webhooks are not enabled for this account: ask your JOFI representative to enable them.']),
		...aboutEndpoint(endpoint, triggerUrl),
		...(triggerUrl === '' ? [] : aboutTrigger(triggerUrl)),
	];
	const delivers = obstacles.length === 0;
	const well = triggerUrl === '' ? 'JOFI delivers events to its live webhook URL.' : 'JOFI delivers events to this trigger.';
	return {
		mode: account.mode ?? null,
		delivers,
		summary: delivers ? well : obstacles.join(' '),
		obstacles,
		webhooksEnabled: enabled,
		webhookEndpoint: withoutSecrets(endpoint),
		triggerUrl: withoutSecrets(triggerUrl),
	};
}
