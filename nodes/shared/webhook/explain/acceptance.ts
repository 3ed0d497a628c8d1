import attempt from 'lodash/attempt';

import { urlScope } from '../publicUrl';
import { headersOf, type Caller } from '../request';
import { checkBody, checkCaller } from '../verification/checks';
import { missingSettings } from '../verification/config';
import { allows, parseAddress } from '../verification/ipAllowlist';
import { hasTimestamp } from '../verification/signatureScheme';
import { toMillis } from '../verification/timestamp';
import { readSignature } from '../verification/verify';
import type { Case, Judgment } from './case';
import type { CapturedDelivery } from './delivery';

/** The caller as the checks of a trigger take it. */
function callerOf({ method, urls: [url = ''], headers, query, address }: CapturedDelivery): Caller {
	const [base] = url.split('?', 1);
	return { method, headers, query, address, webhookUrl: base, url: url.slice(base.length) };
}

/** Whether a trigger accepts the delivery, whatever its age. */
function isAccepted({ delivery, config, budget }: Case): boolean {
	if (!config || missingSettings(config).length > 0) return false;
	if (config.method === 'hmac') budget.take(config.secrets.length);
	const rules = {
		...config,
		toleranceSeconds: 0,
		// Who pasted a delivery does not know its address.
		allowlist: delivery.address === '' ? undefined : config.allowlist,
	};
	if (rules.method === 'address' && !rules.allowlist) return false;
	const caller = callerOf(delivery);
	const problem = attempt(() => {
		checkCaller(caller, rules);
		checkBody(caller, delivery.body, rules, 0);
	});
	return !(problem instanceof Error);
}

const UNITS = [
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
	['second', 1],
] as const;

/** A span of time in words. */
function spanInWords(milliseconds: number): string {
	const seconds = Math.max(1, Math.round(Math.abs(milliseconds) / 1000));
	const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? UNITS[3];
	const count = Math.floor(seconds / size);
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** How far the signed timestamp is from a moment, in milliseconds, if it is outside the tolerance. */
function ageOutside({ delivery, config }: Case, now: number): number | undefined {
	if (config?.method !== 'hmac' || !hasTimestamp(config.scheme)) return undefined;
	const { timestamp } = readSignature(headersOf(callerOf(delivery)), config.scheme);
	const age = now - toMillis(timestamp);
	const isOutside = Math.abs(age) > config.toleranceSeconds * 1000;
	return config.toleranceSeconds > 0 && isOutside ? age : undefined;
}

const inWords = (age: number): string =>
	age > 0 ? `${spanInWords(age)} old` : `${spanInWords(age)} in the future`;

/** A delivery that the credential accepts, unless it comes too late. */
export function acceptedCase(each: Case): Judgment | undefined {
	if (!isAccepted(each)) return undefined;
	const { sender, receivedAt } = each;
	const age = ageOutside(each, receivedAt ?? Date.now());
	if (receivedAt !== undefined && age !== undefined) {
		return {
			verdict: 'tooOld',
			accepted: false,
			reason: `${sender.label} sent an event, and its signature is right, but its timestamp is ${inWords(age)}.`,
			howToFix:
				'Check the clock of the machine that runs n8n. Or it is an old delivery that was sent again. Or raise Timestamp Tolerance (Seconds) in the credential.',
			settings: null,
		};
	}
	const note = age === undefined ? '' : ` Its timestamp is ${inWords(age)} by now.`;
	return {
		verdict: 'accepted',
		accepted: true,
		reason: `The credential accepts this delivery.${note}`,
		howToFix:
			age === undefined
				? ''
				: 'Nothing, if it was accepted in time: so late, a trigger takes it for a repeat.',
		settings: null,
	};
}

const isPrivate = (address: string): boolean => {
	const url = `http://${address.includes(':') ? `[${address}]` : address}/`;
	return URL.canParse(url) && urlScope(new URL(url)) !== 'public';
};

/** One from an address that is not on the allowlist. */
export function otherAddressCase({ delivery, config }: Case): Judgment | undefined {
	const { address } = delivery;
	if (!config?.allowlist || address === '' || allows(config.allowlist, address)) return undefined;
	const shown = parseAddress(address) ? address : 'an address that n8n cannot read';
	return {
		verdict: 'otherAddress',
		accepted: false,
		reason: `A delivery came from ${shown}, which is not on the IP allowlist.`,
		howToFix: isPrivate(address)
			? 'This address is of your own network, so it is probably that of a reverse proxy: set N8N_PROXY_HOPS to the number of proxies, and restart n8n.'
			: 'If it is the right sender, add this address to IP Allowlist. If n8n is behind a reverse proxy, set N8N_PROXY_HOPS to the number of proxies, and restart n8n.',
		settings: null,
	};
}
