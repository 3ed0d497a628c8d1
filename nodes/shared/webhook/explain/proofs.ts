import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { decodeHeader, decodeText } from '../../values/encoding';
import { countValues, isDeeperThan, isObject } from '../../values/json';
import { objectOfFields } from '../parseForm';
import { timingSafeEqualText } from '../verification/verify';
import type { CapturedDelivery, Header } from './delivery';
import type { Budget, Clues } from './search';

/** Where the secret itself stands in a delivery. */
export type SecretPlace =
	| { in: 'basic'; user: string }
	| { in: 'header'; header: string; /** What stands before it, such as `Token`. */ scheme: string }
	| { in: 'query'; name: string }
	| { in: 'body'; field: string };

/**
 * How many texts of a delivery are compared with the secrets, so that one delivery is not many
 * guesses.
 */
const MAX_GUESSES = 40;

/** Compares texts with the secrets, as often as it may. */
function comparer(secrets: readonly string[]): (text: string) => boolean {
	let left = MAX_GUESSES;
	return (text) => left-- > 0 && secrets.some((secret) => timingSafeEqualText(text, secret));
}

/** The user and the password of Basic Auth; `undefined` where it is not used. */
export function basicLogin({
	headers,
}: Pick<Clues, 'headers'>): { user: string; password: string } | undefined {
	const { value = '' } = headers.find(({ name }) => name === 'authorization') ?? {};
	const encoded = /^basic +([\w+/=-]+)$/i.exec(value)?.[1];
	if (encoded === undefined) return undefined;
	const login = decodeText(Buffer.from(encoded, 'base64')).text;
	const colon = login.indexOf(':');
	return { user: login.slice(0, Math.max(0, colon)), password: login.slice(colon + 1) };
}

/** A header's value as a whole, and without the word before it. */
function valuesOf({ name, value }: Header): Array<{ scheme: string; text: string }> {
	const text = decodeHeader(value);
	const [, scheme, rest] = /^([A-Za-z][\w-]{0,30}) +(.+)$/s.exec(text) ?? [];
	const isBasic = name === 'authorization' && /^basic$/i.test(scheme ?? '');
	if (isBasic) return [];
	return [{ scheme: '', text }, ...(scheme === undefined ? [] : [{ scheme, text: rest }])];
}

/** The headers in which secrets come last, because every client sends them. */
const isUnlikely = ({ name }: Header): boolean => /^(accept|content|host|user-agent)/.test(name);

/** Where one of the secrets stands in the delivery as it is. */
export function findSecret(
	{ query, method, body }: CapturedDelivery,
	clues: Pick<Clues, 'headers'>,
	secrets: readonly string[],
): SecretPlace | undefined {
	const isSecret = comparer(secrets);
	const login = basicLogin(clues);
	if (login && isSecret(login.password)) return { in: 'basic', user: login.user };
	const parameters = Object.entries(query).slice(0, 10);
	const parameter = parameters.find(
		([, value]) => typeof value === 'string' && value !== '' && isSecret(value),
	);
	if (parameter) return { in: 'query', name: parameter[0] };
	for (const header of clues.headers.filter((each) => !isUnlikely(each)).slice(0, 12)) {
		const found = valuesOf(header).find(({ text }) => isSecret(text));
		if (found) return { in: 'header', header: header.name, scheme: found.scheme };
	}
	const field = method === 'GET' ? undefined : textsIn(body).find(({ text }) => isSecret(text));
	return field && { in: 'body', field: field.path };
}

/** A text in the body. */
interface BodyText {
	/** Its name with those around it, with dots between. */
	path: string;
	text: string;
	/** The object that it is in. */
	parent: string;
}

/** Only small bodies are read for what they say of themselves. */
const MAX_READ_BYTES = 200_000;
const MAX_READ_VALUES = 5_000;
const MAX_READ_DEPTH = 6;
const MAX_TEXTS = 200;
const MAX_PATH = 100;

/** The body as an object; `undefined` if it is neither JSON nor a form, or too large. */
function objectIn(body: Buffer): object | undefined {
	if (body.length > MAX_READ_BYTES) return undefined;
	const text = body.toString('utf8').replace(/^\uFEFF/, '');
	if (countValues(text) > MAX_READ_VALUES) return undefined;
	if (!/^\s*[[{]/.test(text))
		return text.includes('=') ? objectOfFields(new URLSearchParams(text), 100) : undefined;
	try {
		const value = JSON.parse(text) as object;
		return isDeeperThan(MAX_READ_DEPTH * 4, value) ? undefined : value;
	} catch {
		return undefined;
	}
}

/** The short texts and numbers in the objects of a body. */
function textsIn(body: Buffer): BodyText[] {
	const texts: BodyText[] = [];
	let level: Array<[path: string, value: object]> = [['', objectIn(body) ?? {}]];
	for (let depth = 0; depth < MAX_READ_DEPTH && level.length > 0; depth++) {
		const next: typeof level = [];
		for (const [parent, object] of level) {
			for (const [name, value] of Object.entries(object) as Array<[string, unknown]>) {
				const path = parent === '' ? name : `${parent}.${name}`;
				if (isObject(value) && next.length < MAX_TEXTS) next.push([path, value]);
				const isText = typeof value === 'string' || typeof value === 'number';
				const text = isText ? String(value) : '';
				if (text === '' || text.length > 200 || path.length > MAX_PATH) continue;
				if (texts.length < MAX_TEXTS) texts.push({ path, text, parent });
			}
		}
		level = next;
	}
	return texts;
}

/** A signature in the body, which is made of some fields of the body and not of all of it. */
export interface BodySignature {
	field: string;
	/** The fields that are signed. */
	signed: string[];
}

/** How many fields beside a signature in the body are tried, alone and in pairs. */
const MAX_FIELDS = 8;

/**
 * A signature that stands in the body, in hex, of one or two fields beside it, as of Mailgun and
 * Dropbox Sign.
 */
export function findBodySignature(
	{ body }: CapturedDelivery,
	secrets: readonly string[],
	budget: Budget,
): BodySignature | undefined {
	const texts = textsIn(body);
	const signatures = texts.filter(({ text }) => /^[\da-f]{64}$/i.test(text)).slice(0, 3);
	for (const signature of signatures) {
		const expected = Buffer.from(signature.text, 'hex');
		const beside = texts
			.filter(({ parent, path }) => parent === signature.parent && path !== signature.path)
			.slice(0, MAX_FIELDS);
		const made = [
			...beside.flatMap((a) => beside.filter((b) => b !== a).map((b) => [a, b])),
			...beside.map((a) => [a]),
		];
		for (const fields of made) {
			for (const secret of secrets.slice(0, 2)) {
				if (!budget.take()) return undefined;
				const hmac = createHmac('sha256', secret);
				for (const { text } of fields) hmac.update(text);
				if (timingSafeEqual(hmac.digest(), expected))
					return { field: signature.path, signed: fields.map(({ path }) => path) };
			}
		}
	}
	return undefined;
}

/** The header with a plain hash of secret and body, which is no HMAC; `undefined` if there is none. */
export function findPlainHash(
	{ body, urls: [url = ''], method }: CapturedDelivery,
	{ signatures }: Pick<Clues, 'signatures'>,
	secrets: readonly string[],
	budget: Budget,
): string | undefined {
	const texts: ReadonlyArray<(secret: string) => Array<string | Buffer>> = [
		(secret) => [secret, body],
		(secret) => [body, secret],
		(secret) => [secret, method, url, body],
	];
	const algorithms = [...new Set(signatures.map(({ algorithm }) => algorithm))];
	for (const algorithm of algorithms) {
		for (const textOf of texts) {
			for (const secret of secrets.slice(0, 2)) {
				if (!budget.take()) return undefined;
				const hash = createHash(algorithm);
				for (const part of textOf(secret)) hash.update(part);
				const digest = hash.digest();
				const found = signatures.find(
					(each) => each.algorithm === algorithm && timingSafeEqual(each.digest, digest),
				);
				if (found) return found.header;
			}
		}
	}
	return undefined;
}

/** At the end of a header. */
const BASE64 = /[\w+/-]{60,}={0,2}$/;

/** Whether a text has the form of an ECDSA or RSA signature, or is a signed token (JWT). */
function isOfPublicKey({ name, value }: Header): boolean {
	if (/ed25519|ecdsa|rsa/i.test(name) || /(^| )v1a,/.test(value)) return true;
	const text = BASE64.exec(value)?.[0];
	if (text === undefined) return false;
	const bytes = Buffer.from(text, 'base64');
	// A DER sequence of two numbers, which is what ECDSA gives; RSA gives as much as its key.
	const isEcdsa = bytes.length >= 66 && bytes[0] === 0x30 && bytes[1] === bytes.length - 2;
	return isEcdsa || [128, 256, 384, 512].includes(bytes.length);
}

/** The telling header that has the form of a public-key signature. */
export const publicKeyHeader = (headers: readonly Header[]): string | undefined =>
	headers.find((header) => /sig/i.test(header.name) && isOfPublicKey(header))?.name;

/** What the sender says of the body, and whether the body is so. */
export type BodyClaim = { is: 'intact' | 'changed'; header: string } | undefined;

/** Digests that the sender adds for anybody to check (RFC 1864, 3230 and 9530). */
const DIGEST_HEADERS: ReadonlyArray<readonly [name: string, pattern: RegExp, algorithm: string]> = [
	['content-md5', /^([\w+/]{22}==)$/, 'md5'],
	['content-digest', /sha-256=:([\w+/]{43}=):/i, 'sha256'],
	['repr-digest', /sha-256=:([\w+/]{43}=):/i, 'sha256'],
	['digest', /sha-256=([\w+/]{43}=)/i, 'sha256'],
];

/** Whether the body is as the sender sent it, as far as the headers say so. */
export function bodyClaim(
	{ body, isExact, method }: CapturedDelivery,
	{ headers, checksums }: Pick<Clues, 'headers' | 'checksums'>,
): BodyClaim {
	if (method === 'GET') return undefined;
	const valueOf = (name: string) => headers.find((each) => each.name === name)?.value;
	for (const [name, pattern, algorithm] of DIGEST_HEADERS) {
		const digest = pattern.exec(valueOf(name) ?? '')?.[1];
		if (digest === undefined) continue;
		const isSame = createHash(algorithm).update(body).digest('base64') === digest;
		return { is: isSame ? 'intact' : 'changed', header: name };
	}
	if (checksums.length > 0) return { is: 'intact', header: checksums[0] };
	const isPlain =
		valueOf('content-encoding') === undefined &&
		!/^multipart\//i.test(valueOf('content-type') ?? '');
	const length = valueOf('content-length');
	return isPlain && isExact && /^\d+$/.test(length ?? '') && Number(length) !== body.length
		? { is: 'changed', header: 'content-length' }
		: undefined;
}
