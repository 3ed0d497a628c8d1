import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { triggerNamed, TRIGGERS } from './triggers.mjs';
import { claim, identifiesMessages, offers, PROOFS } from './verifications.mjs';

/** @typedef {import('./triggers.mjs').Trigger} Trigger */
/** @typedef {import('./verifications.mjs').Verification} Verification */

const KB = 1024;
const MB = KB * KB;
/** n8n's own limit. */
const N8N_LIMIT = 16 * MB;
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const BOUNDARY = 'a-boundary';

/** @typedef {{ kind: 'valid', draft: Omit<import('./triggers.mjs').Draft, 'id' | 'event'>, event: number }} ValidContent */
/** @typedef {{ kind: 'bytes', bytes: Uint8Array }} Bytes */
/** @typedef {{ kind: 'text', text: string }} Text */
/**
 * What would be long to print: a piece of text, so often, and as often what closes it.
 *
 * @typedef {{ kind: 'long', before: string, piece: string, times: number, after: string, closing?: string, end?: string }} Long
 */
/** @typedef {{ kind: 'parts', parts: [string, string][] }} Parts */
/** @typedef {ValidContent | Bytes | Text | Long | Parts} Content */
/**
 * A delivery as it is made up, and as a failure shows it.
 *
 * @typedef {object} Case
 * @property {string} trigger
 * @property {number} verification its number
 * @property {import('./verifications.mjs').Proof} proof
 * @property {Content} content
 * @property {string | undefined} contentType claimed, unless the content is valid
 * @property {'none' | 'gzip' | 'deflate' | 'broken gzip' | 'broken deflate' | 'unknown'} encoding
 * @property {Record<string, string | string[]>} headers
 * @property {[string, string][]} query
 * @property {unknown} parsedQuery a value that n8n may make of a parameter
 * @property {string} noise
 * @property {boolean} isRead whether n8n has read the body
 * @property {boolean} isRepeated
 */

const words = fc.string({ unit: 'binary', maxLength: 40 });
const visible = fc.stringMatching(/^[!-~]{1,40}$/);

const protoKeys = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'length');
const jsonWithProto = fc
	.tuple(protoKeys, fc.json({ maxDepth: 3 }))
	.map(([key, value]) => `{"${key}":${value}}`);

/** An event whose values are of any type, at the places that the providers' events have. */
const oddEvents = fc
	.record(
		{
			type: fc.oneof(fc.constantFrom('test_taker.created', 'unknown.event'), fc.jsonValue()),
			event: fc.oneof(fc.constantFrom('courseCompletion', 'ProcessStepChange'), fc.jsonValue()),
			id: fc.jsonValue(),
			timestamp: fc.jsonValue(),
			created_at: fc.jsonValue(),
			data: fc.oneof(fc.jsonValue(), fc.record({ object: fc.jsonValue() })),
			application: fc.oneof(fc.jsonValue(), fc.record({ _self: fc.jsonValue() })),
			user_info: fc.jsonValue(),
			meta_info: fc.jsonValue(),
			userDetail: fc.jsonValue(),
			events: fc.array(fc.oneof(fc.jsonValue(), fc.constant({})), { maxLength: 5 }),
		},
		{ requiredKeys: [] },
	)
	.map((event) => JSON.stringify(event));

const formNames = fc
	.array(
		fc.constantFrom('user_info', 'a', '[', ']', '[]', '][', '0', '__proto__', '[constructor]'),
		{
			minLength: 1,
			maxLength: 8,
		},
	)
	.map((parts) => parts.join(''));
const forms = fc
	.array(fc.tuple(fc.oneof(formNames, words), fc.oneof(words, fc.json())), { maxLength: 8 })
	.map((fields) => new URLSearchParams(fields).toString());

/** Half of what would be JSON, or JSON with a character too many. */
const brokenJson = fc
	.tuple(fc.json(), fc.nat(), words)
	.map(([json, at, more]) => json.slice(0, at % (json.length + 1)) + more);

const surrogates = fc
	.array(fc.constantFrom('\ud800', '\udc00', '\\ud800', '\\udfff', '\u0000', '\ufeff', 'é'), {
		maxLength: 12,
	})
	.map((pieces) => `{"type":"test_taker.created","id":"${pieces.join('')}"}`);

/** Nested so deep that code which calls itself for each level would end in an error. */
const deep = fc
	.record({
		pieces: fc.constantFrom(
			...[
				['[', ']'],
				['{"a":', '}'],
				['{"__proto__":', '}'],
				['[[],', ']'],
				['{"type":"x","data":', '}'],
			],
		),
		times: fc.integer({ min: 150, max: 20_000 }),
		closes: fc.boolean(),
	})
	.map(({ pieces: [piece, closing], times, closes }) => ({
		kind: /** @type {const} */ ('long'),
		before: '{"type":"test_taker.created","event":"courseCompletion","data":',
		piece,
		times,
		after: '1',
		closing: closes ? closing : '',
		end: '}',
	}));

/** The same of a field's name. */
const deepForms = fc
	.record({
		piece: fc.constantFrom('[a]', '[]', '[0]', '[__proto__]', '['),
		times: fc.integer({ min: 150, max: 20_000 }),
	})
	.map(({ piece, times }) => ({
		...{ kind: /** @type {const} */ ('long'), piece, times },
		...{ before: 'user_info', after: '=1' },
	}));

/** Of up to 1.5 MB, which is more than a trigger takes. */
const huge = fc
	.record({
		before: fc.constantFrom('[', '{"type":"x","event":"x","data":["', '"', 'a=', ''),
		piece: fc.constantFrom('0,', '{},', 'x', '[],', '&a=1', 'a[]=&', '\\u0041', '{"id":0},'),
		size: fc.constantFrom(60 * KB, 900 * KB, 1.5 * MB),
		after: fc.constantFrom('', '0]', '"]}', '"'),
	})
	.map(({ before, piece, size, after }) => ({
		...{ kind: /** @type {const} */ ('long'), before, piece, after },
		times: Math.floor(size / piece.length),
	}));

const texts = fc
	.oneof(
		...[words, fc.json(), oddEvents, brokenJson, jsonWithProto, surrogates, forms],
		fc.constantFrom('', 'null', '[]', '{}', '0', '"a"', '[{}]', '[null]', '{"type":null}'),
	)
	.map((text) => ({ kind: /** @type {const} */ ('text'), text }));

const valid = fc.record({
	kind: fc.constant(/** @type {const} */ ('valid')),
	event: fc.nat(),
	draft: fc.record({
		count: fc.integer({ min: 1, max: 3 }),
		isForm: fc.boolean(),
		note: words,
		extra: fc.jsonValue(),
	}),
});

/** @type {fc.Arbitrary<Content>} */
const contents = fc.oneof(
	{ weight: 300, arbitrary: valid },
	{ weight: 550, arbitrary: texts },
	{
		weight: 60,
		arbitrary: fc.record({
			kind: fc.constant(/** @type {const} */ ('bytes')),
			bytes: fc.uint8Array({ maxLength: 300 }),
		}),
	},
	{
		weight: 60,
		arbitrary: fc.record({
			kind: fc.constant(/** @type {const} */ ('parts')),
			parts: fc.array(fc.tuple(fc.oneof(formNames, protoKeys, visible), words), { maxLength: 5 }),
		}),
	},
	{ weight: 20, arbitrary: deep },
	{ weight: 10, arbitrary: deepForms },
	{ weight: 5, arbitrary: huge },
);

const contentTypes = fc.oneof(
	{ weight: 4, arbitrary: fc.constant(JSON_TYPE) },
	{ weight: 2, arbitrary: fc.constant(FORM_TYPE) },
	{ weight: 2, arbitrary: fc.constant(undefined) },
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			'text/plain',
			'application/xml',
			'application/octet-stream',
			`${JSON_TYPE}; charset=utf-16`,
			`${JSON_TYPE}; charset=iso-8859-1`,
			`${JSON_TYPE}; charset=no-such-charset`,
			`${FORM_TYPE}; charset=utf-32`,
			`${FORM_TYPE}, ${JSON_TYPE}`,
			'multipart/form-data',
			`multipart/form-data; boundary=${BOUNDARY}`,
			'text/plain; charset="',
			'/',
		),
	},
	{ weight: 1, arbitrary: visible },
);

/** Names that HTTP knows or this package looks for, and any others. */
const headerNames = fc.oneof(
	fc.constantFrom(
		...['authorization', 'x-hub-signature-256', 'stripe-signature', 'webhook-signature'],
		...[
			'webhook-id',
			'webhook-timestamp',
			'svix-signature',
			'x-slack-signature',
			'x-webhook-secret',
		],
		...['__proto__', 'constructor', 'accept', 'origin', 'cookie', 'x-http-method-override'],
		...['x-forwarded-proto', 'x-forwarded-host', 'range', 'if-none-match', 'referer'],
	),
	fc.stringMatching(/^[a-z][a-z0-9_-]{0,30}$/),
);
const headerValues = fc.oneof(
	{ weight: 8, arbitrary: words },
	{ weight: 4, arbitrary: fc.array(words, { maxLength: 4 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 9_000 }).map((times) => 'x'.repeat(times)) },
);

/** What frames a request, whose meaning in HTTP is not the trigger's. */
const FRAMING = ['host', 'connection', 'expect', 'upgrade', 'te', 'trailer', 'keep-alive'];
const OWN = ['content-type', 'content-encoding', 'content-length', 'transfer-encoding'];
const PROXY = ['x-forwarded-for', 'forwarded', 'accept-encoding'];
const TAKEN = new Set([...FRAMING, ...OWN, ...PROXY]);

/**
 * Each trigger with each way to verify deliveries that its credential offers.
 *
 * @param {readonly Verification[]} verifications
 * @returns {Pick<Case, 'trigger' | 'verification'>[]}
 */
const targetsOf = (verifications) =>
	TRIGGERS.flatMap((trigger) =>
		verifications.flatMap((each, verification) =>
			offers(trigger, each) ? [{ trigger: trigger.name, verification }] : [],
		),
	);

/**
 * Deliveries of all kinds to all triggers.
 *
 * @param {readonly Verification[]} verifications
 * @returns {fc.Arbitrary<Case>}
 */
export const casesFor = (verifications) =>
	fc
		.record({
			target: fc.constantFrom(...targetsOf(verifications)),
			proof: fc.oneof(
				{ weight: 3, arbitrary: fc.constant(/** @type {const} */ ('good')) },
				{ weight: 7, arbitrary: fc.constantFrom(...PROOFS.filter((proof) => proof !== 'good')) },
			),
			content: contents,
			contentType: contentTypes,
			encoding: fc.oneof(
				{ weight: 10, arbitrary: fc.constant(/** @type {const} */ ('none')) },
				{
					weight: 3,
					arbitrary: fc.constantFrom(
						...['gzip', 'deflate', 'broken gzip', 'broken deflate', 'unknown'].map(
							(name) => /** @type {Case['encoding']} */ (name),
						),
					),
				},
			),
			headers: fc.dictionary(headerNames, headerValues, { maxKeys: 4 }),
			query: fc.array(
				fc.tuple(fc.oneof(visible, protoKeys, fc.constantFrom('token', 'token[]', 'a[b]')), words),
				{ maxLength: 3 },
			),
			parsedQuery: fc.oneof(
				{ weight: 3, arbitrary: fc.constant(undefined) },
				{ weight: 1, arbitrary: fc.anything() },
			),
			noise: words,
			isRead: fc.boolean(),
			isRepeated: fc.boolean(),
		})
		.map(({ target, ...rest }) => ({ ...target, ...rest }));

/**
 * A case of a text that grows by a thousand times once it is inflated, beyond n8n's own limit.
 *
 * @param {Case} each
 * @returns {Case}
 */
export const overLimit = (each) => ({
	...each,
	content: { kind: 'long', before: '', piece: ' ', times: N8N_LIMIT + 1, after: '' },
	contentType: JSON_TYPE,
	encoding: 'gzip',
});

/**
 * @typedef {object} Delivery a case as it is sent
 * @property {Trigger} trigger
 * @property {Verification} verification
 * @property {string} method
 * @property {string} query of the URL, with its question mark
 * @property {Buffer} body as it is sent
 * @property {Buffer} read with its compression undone, if that is possible
 * @property {[string, string][]} [parts] of a multipart form
 * @property {Record<string, string | string[]>} headers
 * @property {string} address
 * @property {boolean} isAuthenticated
 * @property {{ event: string, payload: unknown }[]} [events] that a valid one has
 * @property {boolean} isKnownAgain whether its repeat is skipped
 * @property {boolean} isMultipart by what it claims, so that n8n reads it and may refuse it
 * @property {boolean} isN8nsToRefuse whether n8n answers 500 by itself if it is to read the body
 * @property {string[]} hidden what no answer may repeat
 */

/**
 * @param {Case} made
 * @param {object} world
 * @param {readonly Verification[]} world.verifications
 * @param {number} world.number of the delivery, which makes its events its own
 * @param {(trigger: Trigger, verification: Verification) => string} world.urlOf the public URL
 * @returns {Delivery}
 */
export function deliveryOf(made, { verifications, number, urlOf }) {
	const trigger = triggerNamed(made.trigger);
	const verification = verifications[made.verification];
	const { method } = trigger;
	const mark = `mark${number.toString(36).padStart(8, '0')}zq`;
	const { text, contentType, events } = contentOf(made, trigger, mark);
	const isGet = method === 'GET';
	const isParts = made.content.kind === 'parts' && !isGet;

	const noise = `${made.noise}${mark}`;
	const fields = new URLSearchParams(events ? [] : [...made.query, ['mark', mark]]).toString();
	const form = isGet && events ? String(text) : fields;
	const claimed = claim(verification, made.proof, {
		body: isGet ? Buffer.from(form) : text,
		url: urlOf(trigger, verification) + (form && `?${form}`),
		...{ method, noise, id: `${mark}-id`, now: Math.floor(Date.now() / 1000) },
	});
	const query = [form, new URLSearchParams(claimed.query).toString()].filter(Boolean).join('&');
	const { body, header } = encoded(made.encoding, text, events !== undefined);
	const isHmac = verification.credential.method === 'hmac';
	const isBroken = made.encoding.startsWith('broken') && events === undefined;
	return {
		...{ trigger, verification, method, read: text, address: claimed.address },
		query: query && `?${query}`,
		body: isGet ? Buffer.alloc(0) : body,
		parts: isParts && made.content.kind === 'parts' ? made.content.parts : undefined,
		headers: {
			...(events ? {} : oddHeaders(made.headers, mark)),
			...(contentType === undefined ? {} : { 'content-type': contentType }),
			...(isGet ? {} : header),
			...claimed.headers,
		},
		// n8n keeps no bytes of a multipart form that a signature could be compared with.
		isAuthenticated: claimed.isAuthenticated && !(isParts && isHmac),
		events: claimed.isAuthenticated ? events : undefined,
		isKnownAgain: trigger.skipsRepeats || identifiesMessages(verification),
		isMultipart: !isGet && /^\s*multipart\/form-data/i.test(contentType ?? ''),
		isN8nsToRefuse: !isGet && (isBroken || text.length > N8N_LIMIT),
		hidden: [
			...(events ? [] : [mark]),
			...[verification.credential.secret ?? '', verification.credential.user ?? ''],
		].filter(Boolean),
	};
}

/**
 * @param {Case} made
 * @param {Trigger} trigger
 * @param {string} mark
 * @returns {{ text: Buffer, contentType: string | undefined, events?: import('./triggers.mjs').Valid['events'] }}
 */
function contentOf({ content, contentType }, trigger, mark) {
	switch (content.kind) {
		case 'valid': {
			const event = trigger.events[content.event % trigger.events.length];
			const { body, ...rest } = trigger.valid({ ...content.draft, event, id: mark });
			return { text: Buffer.from(body), ...rest };
		}
		case 'bytes':
			return { text: Buffer.from(content.bytes), contentType };
		case 'text':
			return { text: Buffer.from(content.text), contentType };
		case 'long': {
			const { before, piece, times, after, closing = '', end = '' } = content;
			const pieces = [before, piece.repeat(times), after, closing.repeat(times), end];
			return { text: Buffer.from(pieces.join('')), contentType };
		}
		case 'parts': {
			const parts = [...content.parts, ['mark', mark]].map(
				([name, value]) =>
					`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name.replace(/[^!#-~]/g, '')}"\r\n\r\n${value}\r\n`,
			);
			return {
				text: Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`),
				contentType: `multipart/form-data; boundary=${BOUNDARY}`,
			};
		}
	}
}

/**
 * @param {Case['encoding']} encoding
 * @param {Buffer} text
 * @param {boolean} isValid then what it claims is true
 * @returns {{ body: Buffer, header: Record<string, string> }}
 */
function encoded(encoding, text, isValid) {
	if (encoding === 'gzip') return { body: gzipSync(text), header: { 'content-encoding': 'gzip' } };
	if (encoding === 'deflate')
		return { body: deflateSync(text), header: { 'content-encoding': 'deflate' } };
	if (encoding === 'none' || isValid) return { body: text, header: {} };
	return { body: text, header: { 'content-encoding': encoding.replace('broken ', '') } };
}

/** @param {Case['headers']} headers @param {string} mark */
function oddHeaders(headers, mark) {
	const kept = Object.entries(headers).filter(([name]) => !TAKEN.has(name));
	return Object.fromEntries([...kept, ['x-mark', mark]]);
}
