import type { VerificationConfig } from '../verification/config';
import { METHOD_LABELS } from '../verification/credentialLabels';
import type { Case, Judgment } from './case';
import { headerLabel } from './delivery';
import { basicLogin, findSecret, type SecretPlace } from './proofs';

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

/** A secret of the credential that stands in the delivery as it is. */
export function secretCase(each: Case): Judgment | undefined {
	const place = findSecret(each.delivery, each.clues, each.config?.secrets ?? []);
	return place && { verdict: 'secretInDelivery', ...placeInWords(each, place) };
}

/** A login or a token that is not the one of the credential. */
export function otherLoginCase({ delivery, clues, config, sender }: Case): Judgment | undefined {
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
