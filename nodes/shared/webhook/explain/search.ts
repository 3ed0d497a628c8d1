import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import memoize from 'lodash/memoize';

import { presets, type Preset, type SignatureScheme } from '../verification/signatureScheme';
import { signedParts, type SignedContent } from '../verification/sign';
import { signingKey } from '../verification/signingKey';
import { headerOf } from '../request';
import { verifySignature } from '../verification/verify';
import { headersIn, type CapturedDelivery, type Header } from './delivery';
import { rewritesOf } from './rewrites';
import { signablesOf, type Signable } from './signables';
import { idsOf, signaturesIn, timesOf, type Signature, type TimeSource } from './signatures';

/** How many HMACs one explanation may compute. */
export const MAX_HMACS = 2000;

/**
 * How long it may look, in milliseconds; it runs in n8n's main process, and what follows takes a few
 * more.
 */
const MAX_MS = 100;

/** How many secrets are tried: the current one, and those before it. */
const MAX_SECRETS = 3;

/** Of larger bodies there are no checksums, and they are not written anew, which takes long. */
const MAX_READ_BYTES = 1_200_000;

/** How many contents are the likely ones, which are tried before a body is written anew. */
const LIKELY_SIGNABLES = 24;

/** How many of these are tried with every key then. */
const COMMON_SIGNABLES = 6;

/**
 * How much is hashed in any case, in bytes, and how often, so that the common ways are tried even
 * when the process is kept waiting.
 */
const MIN_BYTES = 4_000_000;
const MIN_HMACS = 500;

/** What an explanation may still spend. */
export class Budget {
	hmacs = 0;
	private readonly end: number;
	private readonly least: number;

	/**
	 * @param bytes how long the body is
	 * @param now a clock in milliseconds
	 */
	constructor(
		bytes: number,
		private readonly now: () => number = () => performance.now(),
	) {
		this.end = now() + MAX_MS;
		this.least = Math.min(MIN_HMACS, MIN_BYTES / Math.max(1, bytes));
	}

	/** Whether there is something left. */
	get isOpen(): boolean {
		return this.hmacs < MAX_HMACS && (this.hmacs < this.least || this.now() < this.end);
	}

	/** Takes so many HMACs, if there are so many left. */
	take(count = 1): boolean {
		if (!this.isOpen || this.hmacs + count > MAX_HMACS) return false;
		this.hmacs += count;
		return true;
	}
}

/** A key that the sender may sign with. */
interface Key extends Pick<SignatureScheme, 'keyEncoding'> {
	bytes: Buffer;
	/** The secret that it comes from. */
	secret: string;
	/** Whether the secret of the credential has spaces around it that the sender's has not. */
	isTrimmed: boolean;
	/** Whether the secret looks like it. */
	isLikely: boolean;
}

const KEY_ENCODINGS: ReadonlyArray<SignatureScheme['keyEncoding']> = [
	'utf8',
	'base64',
	'hex',
	'base64url',
];

/** The keys that the secrets may stand for. Anyone can sign with an empty key, so it is none. */
export function keysOf(secrets: readonly string[]): Key[] {
	const keys = secrets.slice(0, MAX_SECRETS).flatMap((secret) => [
		...KEY_ENCODINGS.map((keyEncoding) => ({
			keyEncoding,
			secret,
			bytes: signingKey(secret, { ...presets.custom, keyEncoding }),
			isTrimmed: false,
			isLikely: keyEncoding === 'utf8' || secret.trim().startsWith('whsec_'),
		})),
		{
			keyEncoding: 'utf8' as const,
			secret: secret.trim(),
			bytes: Buffer.from(secret.trim()),
			isTrimmed: true,
			isLikely: true,
		},
	]);
	return keys.filter(
		({ bytes }, index) =>
			bytes.length > 0 && index === keys.findIndex((other) => other.bytes.equals(bytes)),
	);
}

/** What shows how a delivery was signed, taken from its headers. */
export interface Clues {
	headers: Header[];
	/** Without checksums of the body, which anybody can make. */
	signatures: Signature[];
	times: TimeSource[];
	ids: Header[];
	/** The labels of headers with a checksum that fits the body. */
	checksums: string[];
}

/** Reads the headers of a delivery. */
export function cluesOf(delivery: CapturedDelivery): Clues {
	const headers = headersIn(delivery);
	const all = signaturesIn(headers);
	const hashOf = memoize((algorithm: string) =>
		createHash(algorithm).update(delivery.body).digest(),
	);
	const isRead = delivery.body.length <= MAX_READ_BYTES;
	const isChecksum = ({ algorithm, digest }: Signature): boolean =>
		isRead && hashOf(algorithm).equals(digest);
	const checksums = all.filter(isChecksum);
	const signatures = all.filter((each) => !checksums.includes(each));
	return {
		headers,
		signatures,
		times: timesOf(headers, signatures),
		ids: idsOf(headers),
		checksums: checksums.map(({ header }) => header),
	};
}

/** How a delivery was signed. */
export interface Finding {
	scheme: SignatureScheme;
	/** The style that has the scheme. */
	preset: Preset;
	/** The address that was signed, if it is not the one that the trigger verifies with. */
	otherUrl?: string;
	isTrimmed: boolean;
	/** How the body was changed after it was signed. */
	rewritten?: string;
}

/** What is signed, with the values of the delivery. */
const contentOf = (
	{ method }: CapturedDelivery,
	{ time, id, url }: Signable,
	body: Buffer,
): SignedContent => ({ method, body, timestamp: time?.value ?? '', id: id?.value ?? '', url });

/** The scheme that a signature, a key and a content add up to. */
function schemeOf(
	{ header, algorithm, encoding, prefix, separator, times }: Signature,
	{ keyEncoding }: Key,
	{ signed, time, id }: Signable,
): SignatureScheme {
	const isBeside = times.some(
		({ timestampPrefix, value }) =>
			timestampPrefix === time?.timestampPrefix && value === time.value,
	);
	return {
		...presets.custom,
		signatureHeader: header,
		algorithm,
		encoding,
		prefix,
		separator,
		signed,
		timestampHeader: time?.timestampHeader ?? '',
		timestampPrefix: (isBeside ? time?.timestampPrefix : '') ?? '',
		idHeader: id?.name ?? '',
		keyEncoding,
	};
}

/** The signatures by algorithm, of the telling headers first. */
const rounds = (signatures: readonly Signature[]): Signature[][] =>
	[true, false]
		.map((isTelling) => signatures.filter((each) => each.isTelling === isTelling))
		.filter(({ length }) => length > 0);

/** Whether a trigger accepts the signature with these settings, whatever its age. */
const isAccepted = (
	delivery: CapturedDelivery,
	scheme: SignatureScheme,
	secret: string,
	{ body, url = delivery.urls[0] }: { body: Buffer; url?: string },
): boolean =>
	verifySignature(body, (name) => headerOf(delivery, name), {
		scheme,
		secrets: [secret],
		toleranceSeconds: 0,
		now: 0,
		target: { method: delivery.method, url },
	}) === undefined;

/** The first signature that a key gives for one of the contents. */
function match(
	delivery: CapturedDelivery,
	signatures: readonly Signature[],
	signables: Iterable<Signable>,
	keys: readonly Key[],
	body: Buffer,
	budget: Budget,
): Finding | undefined {
	const algorithms = [...new Set(signatures.map(({ algorithm }) => algorithm))];
	for (const signable of signables) {
		const parts = signedParts(contentOf(delivery, signable, body), {
			...presets.custom,
			signed: signable.signed,
		});
		for (const key of keys) {
			for (const algorithm of algorithms) {
				if (!budget.take()) return undefined;
				const hmac = createHmac(algorithm, key.bytes);
				for (const part of parts) hmac.update(part);
				const digest = hmac.digest();
				const signature = signatures.find(
					(each) => each.algorithm === algorithm && timingSafeEqual(each.digest, digest),
				);
				const scheme = signature && schemeOf(signature, key, signable);
				// The credential must be able to say it: then the next delivery is accepted.
				if (!scheme || !isAccepted(delivery, scheme, key.secret, { body, url: signable.url }))
					continue;
				return {
					scheme,
					preset: 'custom',
					isTrimmed: key.isTrimmed,
					...(signable.url !== undefined &&
						signable.url !== delivery.urls[0] && { otherUrl: signable.url }),
				};
			}
		}
	}
	return undefined;
}

/** The styles whose signature header the delivery has. */
export const presetsIn = ({ headers }: Pick<CapturedDelivery, 'headers'>): Preset[] =>
	(Object.keys(presets) as Preset[]).filter((preset) => {
		const scheme: SignatureScheme = presets[preset];
		return (
			scheme.signatureHeader !== '' &&
			[scheme, ...(scheme.alternatives ?? [])].some(
				({ signatureHeader }) => headerOf({ headers }, signatureHeader) !== '',
			)
		);
	});

/** A scheme that is known before anything is searched. */
type KnownScheme = Pick<Finding, 'scheme' | 'preset'>;

/** The first of the known schemes that a trigger accepts the delivery with. */
function matchKnown(
	{ delivery, secrets, known, budget }: Search,
	body: Buffer,
): Finding | undefined {
	const found = known.find(({ scheme }) =>
		secrets.some((secret) => budget.take() && isAccepted(delivery, scheme, secret, { body })),
	);
	return found && { ...found, isTrimmed: false };
}

/** What a search goes by. */
interface Search {
	delivery: CapturedDelivery;
	secrets: readonly string[];
	known: readonly KnownScheme[];
	budget: Budget;
}

/**
 * How a delivery was signed with one of the secrets; `undefined` when no way that was tried gives one
 * of its signatures.
 *
 * It computes at most 2,000 HMACs and looks for at most 100 ms, the likely ways first. The algorithm
 * and the encoding follow from the length of what may be a signature, so each HMAC is compared with
 * all of them at once. What it finds, the checks of a trigger accept.
 *
 * @param own the scheme of the credential, if it has one
 */
export function findScheme(
	delivery: CapturedDelivery,
	clues: Clues,
	secrets: readonly string[],
	own: SignatureScheme | undefined,
	budget: Budget,
): Finding | undefined {
	const tried = secrets.slice(0, MAX_SECRETS);
	const keys = keysOf(tried);
	if (clues.signatures.length === 0 || keys.length === 0) return undefined;
	const { body } = delivery;
	const [first = [], second = []] = rounds(clues.signatures);
	const signables = [...signablesOf(delivery, { ...clues, urls: delivery.urls })];
	const likely = signables.slice(0, LIKELY_SIGNABLES);
	const common = likely.slice(0, COMMON_SIGNABLES);
	const likelyKeys = keys.filter(({ isLikely }) => isLikely);
	const known: KnownScheme[] = [
		...(own ? [{ scheme: own, preset: 'custom' as const }] : []),
		...presetsIn(delivery).map((preset) => ({ scheme: presets[preset], preset })),
	];
	const search: Search = { delivery, secrets: tried, known, budget };

	/** With what the body may have been before it was written anew on its way. */
	function rewritten(): Finding | undefined {
		if (body.length > MAX_READ_BYTES) return undefined;
		for (const { was, body: other } of rewritesOf(delivery)) {
			if (!budget.isOpen) return undefined;
			const found =
				matchKnown(search, other) ??
				match(delivery, first, likely, likelyKeys, other, budget) ??
				match(delivery, first, common, keys, other, budget);
			if (found) return { ...found, rewritten: was };
		}
		return undefined;
	}

	return (
		matchKnown(search, body) ??
		match(delivery, first, likely, likelyKeys, body, budget) ??
		match(delivery, first, common, keys, body, budget) ??
		rewritten() ??
		match(delivery, first, signables, keys, body, budget) ??
		match(delivery, second, signables, keys, body, budget)
	);
}
