import attempt from 'lodash/attempt';

import { urlScope } from '../publicUrl';
import { headersOf, type Caller } from '../request';
import type { WebhookSource } from '../source';
import { checkBody, checkCaller } from '../verification/checks';
import { missingSettings, type VerificationConfig } from '../verification/config';
import type { Method } from '../verification/credential';
import { ALGORITHM_LABELS, METHOD_LABELS, STYLE_LABELS } from '../verification/credentialLabels';
import { allows, parseAddress } from '../verification/ipAllowlist';
import { hasTimestamp } from '../verification/signatureScheme';
import { toMillis } from '../verification/timestamp';
import { readSignature } from '../verification/verify';
import { headerLabel, ownHeaders, type CapturedDelivery } from './delivery';
import {
	basicLogin,
	bodyClaim,
	findBodySignature,
	findPlainHash,
	findSecret,
	publicKeyHeader,
	type SecretPlace,
} from './proofs';
import { Budget, cluesOf, findScheme, presetsIn, type Clues, type Finding } from './search';
import {
	encodingInWords,
	schemeInWords,
	schemeSettings,
	styleSettings,
	type Settings,
} from './settings';

/** What a person gets to read about a delivery. */
export interface Explanation {
	/** Whether the credential accepts it. */
	accepted: boolean;
	/** What happened. */
	reason: string;
	/** What to do; empty if nothing. */
	howToFix: string;
	/** What to choose and enter in the credential; `null` if nothing. */
	settings: Settings | null;
}

/** What is known of the sender. */
export interface Sender {
	/** As people write it. */
	label: string;
	/** What to do about a delivery that proves nothing, as sentences. */
	whenUnsigned: string;
	/** The methods that its credential offers. */
	methods: readonly Method[];
}

/** The sender of a provider's deliveries. */
export const senderOf = ({ provider, whenUnsigned, credential }: WebhookSource): Sender => ({
	label: provider.label,
	whenUnsigned,
	methods: credential.methods,
});

/** What was found out. */
export type Verdict =
	| 'accepted'
	| 'tooOld'
	| 'otherAddress'
	| 'noSecret'
	| 'otherSettings'
	| 'spacesInSecret'
	| 'otherUrl'
	| 'changedBody'
	| 'secretInDelivery'
	| 'signatureInBody'
	| 'plainHash'
	| 'publicKey'
	| 'otherSecret'
	| 'otherLogin'
	| 'unsigned';

/** An explanation, and what it took. */
export interface Report extends Explanation {
	verdict: Verdict;
	/** How many HMACs and hashes were computed. */
	hmacs: number;
}

type Judgment = Omit<Report, 'hmacs'>;

/** Everything that a delivery is judged by. */
interface Case {
	delivery: CapturedDelivery;
	clues: Clues;
	/** `undefined` without a credential. */
	config: VerificationConfig | undefined;
	sender: Sender;
	budget: Budget;
	/** When it was received, in milliseconds since 1970; `undefined` if nobody knows. */
	receivedAt: number | undefined;
}

const SPACE_AFTER = ' The prefix ends in a space.';

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

function acceptedCase(each: Case): Judgment | undefined {
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

function otherAddressCase({ delivery, config }: Case): Judgment | undefined {
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

/** What has the length of a signature, in words. */
function signatureInWords({ signatures: [first] }: Clues): string {
	const { header, algorithm, encoding } = first;
	return `${headerLabel(header)} holds a signature of the length of ${ALGORITHM_LABELS[algorithm]} in ${encodingInWords(encoding)}`;
}

/** The settings of a style whose header the delivery has. */
function styleIn({ delivery }: Case): Settings | null {
	const [preset] = presetsIn(delivery);
	return preset === undefined ? null : styleSettings(preset);
}

/** The method to choose, if the credential has another one. */
const methodSettings = (config: Case['config'], method: 'basic' | 'hmac'): Settings | null =>
	config?.method === method ? null : { Method: METHOD_LABELS[method] };

function noSecretCase(each: Case): Judgment | undefined {
	const { config, clues, sender } = each;
	if (config && config.secrets.length > 0) return undefined;
	const hasSignature = clues.signatures.some((signature) => signature.isTelling);
	if (!hasSignature && !basicLogin(clues)) return undefined;
	const settings = styleIn(each);
	return {
		verdict: 'noSecret',
		accepted: false,
		reason: hasSignature
			? `${sender.label} sent a signed event: ${signatureInWords(clues)}. There is no secret to check it with.`
			: `${sender.label} sent an event with a user and a password. There is no password to compare it with.`,
		howToFix: `${config ? "Enter the secret in the trigger's credential" : 'Choose a credential with the secret'}, and try again.`,
		settings: settings ?? methodSettings(config, hasSignature ? 'hmac' : 'basic'),
	};
}

/** Whether the settings are those that the credential has. */
const isSameScheme = ({ config }: Case, { scheme }: Finding): boolean =>
	config?.method === 'hmac' &&
	JSON.stringify(schemeSettings(config.scheme, 'custom')).toLowerCase() ===
		JSON.stringify(schemeSettings(scheme, 'custom')).toLowerCase();

/** What to choose, in words. */
function chooseStyle(finding: Finding): string {
	const { preset, scheme } = finding;
	if (preset !== 'custom')
		return `In the credential, set Method to ${METHOD_LABELS.hmac} and Signature Style to ${STYLE_LABELS[preset]}.`;
	const note = scheme.prefix.endsWith(' ') ? SPACE_AFTER : '';
	return `In the credential, set Method to ${METHOD_LABELS.hmac} and Signature Style to ${STYLE_LABELS.custom}, and enter the settings.${note}`;
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'another one');

/** How the delivery was signed, where that is known. */
function signedCase(each: Case): Judgment | undefined {
	const { delivery, clues, config, sender, budget } = each;
	const isComplete = config?.method === 'hmac' && missingSettings(config).length === 0;
	const own = isComplete ? config.scheme : undefined;
	const finding = findScheme(delivery, clues, config?.secrets ?? [], own, budget);
	if (!finding) return undefined;
	const { scheme, preset, isTrimmed, otherUrl, rewritten } = finding;
	const isSame = isSameScheme(each, finding);
	const common = {
		accepted: false,
		settings: isSame ? null : schemeSettings(scheme, preset),
	};
	const alsoChoose = isSame ? '' : ` ${chooseStyle(finding)}`;
	const how = `${sender.label} signs ${schemeInWords(scheme)}`;
	if (rewritten !== undefined && !delivery.isExact) {
		return {
			...common,
			verdict: isSame ? 'accepted' : 'otherSettings',
			accepted: isSame,
			reason: `${how}, and the secret is right. The bytes of the body are not there, but as ${rewritten} it fits the signature.`,
			howToFix: `Turn on Raw Body in the options of the Webhook node.${alsoChoose}`,
		};
	}
	if (rewritten !== undefined) {
		return {
			...common,
			verdict: 'changedBody',
			reason: `${sender.label} sent an event, and the secret is right, but the body was changed on its way: the signature fits it as ${rewritten}.`,
			howToFix: `Look for what parses the body and writes it anew between ${sender.label} and n8n, such as a proxy, a gateway or another workflow, and have it pass the body on unchanged.${alsoChoose}`,
		};
	}
	if (isTrimmed) {
		return {
			...common,
			verdict: 'spacesInSecret',
			reason: `${how}. The secret is right, but there are spaces or line breaks around it in the credential.`,
			howToFix: `Paste the secret again, without anything around it.${alsoChoose}`,
		};
	}
	if (otherUrl !== undefined) {
		return {
			...common,
			verdict: 'otherUrl',
			reason: `${how}. The secret is right, but the sender signs a URL at ${originOf(otherUrl)}, and the trigger's is at ${originOf(delivery.urls[0])}.`,
			howToFix: `Set N8N_WEBHOOK_URL to the address that the sender calls, restart n8n and publish again; or give the sender the URL that the trigger shows.${alsoChoose}`,
		};
	}
	return {
		...common,
		verdict: 'otherSettings',
		reason: `${how}, and the secret is right. The settings of the credential differ.`,
		howToFix: chooseStyle(finding),
		settings: schemeSettings(scheme, preset),
	};
}

/** What to do about a secret that stands in the delivery. */
function placeInWords({ sender: { label } }: Case, place: SecretPlace): Omit<Judgment, 'verdict'> {
	const common = { accepted: false };
	if (place.in === 'basic') {
		return {
			...common,
			reason: `${label} sends a user and a password, and the password is right.`,
			howToFix: `In the credential, set Method to ${METHOD_LABELS.basic}, and enter the user.`,
			settings: { Method: METHOD_LABELS.basic, User: place.user.slice(0, 100) },
		};
	}
	if (place.in === 'query') {
		return {
			...common,
			reason: `${label} sends the secret in the query of the URL.`,
			howToFix: `In the credential, set Method to ${METHOD_LABELS.query}, and enter the name of the parameter.`,
			settings: { Method: METHOD_LABELS.query, 'URL Parameter': place.name.slice(0, 100) },
		};
	}
	if (place.in === 'header') {
		const isBare = place.scheme === '' || /^bearer$/i.test(place.scheme);
		const word = isBare
			? ''
			: ` Into Secret, enter "${place.scheme}" and a space before the secret.`;
		return {
			...common,
			reason: `${label} sends the secret in ${headerLabel(place.header)}.`,
			howToFix: `In the credential, set Method to ${METHOD_LABELS.header}, and enter the name of the header.${word}`,
			settings: { Method: METHOD_LABELS.header, 'Header Name': headerLabel(place.header) },
		};
	}
	return {
		...common,
		reason: `${label} sends the secret in the body, in the field "${place.field}".`,
		howToFix: `A trigger checks a delivery before it reads the body. Ask ${label} to sign deliveries, or to send the secret in a header.`,
		settings: null,
	};
}

function secretCase(each: Case): Judgment | undefined {
	const place = findSecret(each.delivery, each.clues, each.config?.secrets ?? []);
	return place && { verdict: 'secretInDelivery', ...placeInWords(each, place) };
}

/** Ways to sign that a credential cannot check. */
function unsupportedCase({ delivery, clues, config, sender, budget }: Case): Judgment | undefined {
	const common = { accepted: false, settings: null };
	const secrets = config?.secrets ?? [];
	const inBody = findBodySignature(delivery, secrets, budget);
	if (inBody) {
		const signed = inBody.signed.map((path) => `"${path}"`).join(' and ');
		return {
			...common,
			verdict: 'signatureInBody',
			reason: `${sender.label} signs ${signed} of the body with HMAC-SHA-256, in hex, and puts the signature into the body, in "${inBody.field}". The secret is right.`,
			howToFix: `Such a signature does not cover the rest of the body, which anybody who has seen a delivery could change, so a trigger does not accept it. Ask ${sender.label} to sign the body, or use another Method.`,
		};
	}
	const hashed = findPlainHash(delivery, clues, secrets, budget);
	if (hashed !== undefined) {
		return {
			...common,
			verdict: 'plainHash',
			reason: `${sender.label} sends a plain hash of secret and body in ${headerLabel(hashed)}, which is no HMAC. The secret is right.`,
			howToFix: `Such a hash can be extended without the secret, so a trigger does not accept it. Ask ${sender.label} for HMAC, or use another Method.`,
		};
	}
	const header = publicKeyHeader(clues.headers);
	return header === undefined
		? undefined
		: {
				...common,
				verdict: 'publicKey',
				reason: `${sender.label} signs with a private key, to be checked with its public key: ${headerLabel(header)} holds such a signature.`,
				howToFix: `This is not supported. Ask ${sender.label} for HMAC with a shared secret, or use another Method.`,
			};
}

/** What the search did not find; how many ways there were would say something of the secret. */
const triedInWords = ({ budget: { isOpen } }: Case): string =>
	isOpen
		? 'None of the usual ways of signing gives it with the secret of the credential.'
		: 'Those ways of signing that could be tried in time do not give it with the secret of the credential.';

function otherSecretCase(each: Case): Judgment | undefined {
	const { delivery, clues, sender } = each;
	if (!clues.signatures.some((signature) => signature.isTelling)) return undefined;
	const what = `${signatureInWords(clues)}. ${triedInWords(each)}`;
	const claim = bodyClaim(delivery, clues);
	const settings = styleIn(each);
	if (claim?.is === 'changed') {
		return {
			verdict: 'changedBody',
			accepted: false,
			reason: `${sender.label} sent a signed event, but its body was changed on its way: it does not fit ${headerLabel(claim.header)}. ${what}`,
			howToFix: `Look for what changes the body between ${sender.label} and n8n, such as a proxy or a gateway, and have it pass the body on unchanged. If the delivery was pasted, copy the body as it was sent.`,
			settings,
		};
	}
	const rest =
		claim?.is === 'intact'
			? `The body arrived unchanged, as ${headerLabel(claim.header)} shows. So it is another secret, or a way of signing that is not known here: ask ${sender.label} for an example.`
			: `If it is the right one, something changes the body on its way, such as a proxy, or it is a way of signing that is not known here: ask ${sender.label} for an example.`;
	const raw = delivery.isExact
		? ''
		: ' The bytes of the body are not there: turn on Raw Body in the options of the Webhook node.';
	return {
		verdict: 'otherSecret',
		accepted: false,
		reason: `${sender.label} sent an event, but the secret does not match. ${what}`,
		howToFix: `Open the credential and paste the secret again.${raw} ${rest}`,
		settings,
	};
}

/** A login or a token that is not the one of the credential. */
function otherLoginCase({ delivery, clues, config, sender }: Case): Judgment | undefined {
	if (basicLogin(clues)) {
		const isBasic = config?.method === 'basic';
		return {
			verdict: 'otherLogin',
			accepted: false,
			reason: `${sender.label} sends a user and a password, but ${isBasic ? 'user or password differ from those of the credential' : 'the password is not the secret of the credential'}.`,
			howToFix: isBasic
				? 'Open the credential and enter user and password again.'
				: `In the credential, set Method to ${METHOD_LABELS.basic}, and enter user and password.`,
			settings: { Method: METHOD_LABELS.basic },
		};
	}
	const named =
		config?.method === 'header' && clues.headers.some(({ name }) => isSameName(name, config));
	const parameter = config?.method === 'query' && Object.hasOwn(delivery.query, config.queryName);
	const tokens = clues.headers.filter(
		({ name }) => name === 'authorization' || /token|secret|key|signature|hmac/.test(name),
	);
	if (!named && !parameter && tokens.length === 0) return undefined;
	const place = named
		? headerLabel(config.headerName.toLowerCase())
		: parameter
			? 'The query of the URL'
			: headerLabel(tokens[0].name);
	return {
		verdict: 'otherSecret',
		accepted: false,
		reason: `${sender.label} sent an event, but the secret does not match. ${place} holds another value, which does not have the length of a signature either.`,
		howToFix: 'Open the credential and paste the secret again.',
		settings:
			named || parameter
				? null
				: { Method: METHOD_LABELS.header, 'Header Name': headerLabel(tokens[0].name) },
	};
}

const isSameName = (name: string, { headerName }: VerificationConfig): boolean =>
	name === headerName.toLowerCase();

/** How many headers are named. */
const MAX_SHOWN = 8;

function unsignedCase({ clues, sender }: Case): Judgment {
	const own = ownHeaders(clues.headers).slice(0, MAX_SHOWN);
	const names = own.length === 0 ? '' : ` Its own headers are ${own.join(', ')}.`;
	return {
		verdict: 'unsigned',
		accepted: false,
		reason: `A delivery came that is not signed, and proves in no other way who sent it.${names}`,
		howToFix: sender.whenUnsigned,
		settings: null,
	};
}

/** Advises nothing that the provider's credential does not offer. */
function possibleCase(judgment: Judgment, { sender: { label, methods } }: Case): Judgment {
	const method = judgment.settings?.Method;
	const labels = methods.map((each) => METHOD_LABELS[each]);
	if (method === undefined || labels.includes(method)) return judgment;
	const others = methods.filter((each) => each !== 'notAgreed').map((each) => METHOD_LABELS[each]);
	return {
		...judgment,
		howToFix: `The ${label} Webhook credential does not offer the method ${method}: ${label} is not known to do this. Use ${others.join(' or ')}, and report what came to the authors of this package.`,
		settings: null,
	};
}

/** In this order; the first that knows something explains. */
const CASES: ReadonlyArray<(each: Case) => Judgment | undefined> = [
	acceptedCase,
	otherAddressCase,
	noSecretCase,
	secretCase,
	signedCase,
	unsupportedCase,
	otherSecretCase,
	otherLoginCase,
];

/**
 * Explains why a delivery is accepted or refused, and what to do.
 *
 * It looks for how the delivery was signed with the secrets of the credential, with at most 2,000
 * HMACs and for at most 200 milliseconds, whatever the delivery; see `findScheme`. It looks at no
 * more than 60 headers of 4 kB.
 *
 * What it reveals to somebody who may use the credential and not see it: whether a secret of the
 * credential made what the delivery brings. A trigger with the credential answers the same question,
 * and both need all of a signature or of a secret: nothing is compared in part, and no answer depends
 * on how close a guess is. It never shows a secret, a key or a signature, not even one that the
 * delivery holds, and computes none for anybody: what is shown are names of headers, lengths and
 * settings, and not how many ways were tried, which would say how the secret is encoded. At most 40 texts of a delivery are compared with the secrets as they are.
 *
 * @param receivedAt in milliseconds since 1970; without it the age of the delivery is not judged
 */
export function explainDelivery(
	delivery: CapturedDelivery,
	config: VerificationConfig | undefined,
	sender: Sender,
	receivedAt?: number,
	budget = new Budget(delivery.body.length),
): Report {
	const clues = cluesOf(delivery);
	const each: Case = { delivery, clues, config, sender, budget, receivedAt };
	for (const explain of CASES) {
		const judgment = explain(each);
		if (judgment) return { ...possibleCase(judgment, each), hmacs: budget.hmacs };
	}
	return { ...unsignedCase(each), hmacs: budget.hmacs };
}
