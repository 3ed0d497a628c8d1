import type { WebhookSource } from '../source';
import type { VerificationConfig } from '../verification/config';
import { METHOD_LABELS } from '../verification/credentialLabels';
import { acceptedCase, otherAddressCase } from './acceptance';
import type { Case, Judgment, Report, Sender } from './case';
import { ownHeaders, type CapturedDelivery } from './delivery';
import { Budget, cluesOf } from './search';
import { otherLoginCase, secretCase } from './secretCases';
import { noSecretCase, otherSecretCase, signedCase, unsupportedCase } from './signedCases';

/** The sender of a provider's deliveries. */
export const senderOf = ({ provider, whenUnsigned, credential }: WebhookSource): Sender => ({
	label: provider.label,
	whenUnsigned,
	methods: credential.methods,
});

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
