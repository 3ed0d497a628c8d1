import { missingSettings } from '../verification/config';
import { ALGORITHM_LABELS, METHOD_LABELS, STYLE_LABELS } from '../verification/credentialLabels';
import type { Case, Judgment } from './case';
import { headerLabel } from './delivery';
import { basicLogin, bodyClaim, findBodySignature, findPlainHash, publicKeyHeader } from './proofs';
import { findScheme, presetsIn, type Clues, type Finding } from './search';
import {
	encodingInWords,
	schemeInWords,
	schemeSettings,
	styleSettings,
	type Settings,
} from './settings';

const SPACE_AFTER = ' The prefix ends in a space.';

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

/** One that proves who sent it, where the credential has nothing to check that with. */
export function noSecretCase(each: Case): Judgment | undefined {
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
export function signedCase(each: Case): Judgment | undefined {
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

/** Ways to sign that a credential cannot check. */
export function unsupportedCase({
	delivery,
	clues,
	config,
	sender,
	budget,
}: Case): Judgment | undefined {
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

/** A signature that no secret of the credential gives. */
export function otherSecretCase(each: Case): Judgment | undefined {
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
