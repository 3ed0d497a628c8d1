/**
 * Bodies that cost more than they weigh, of about a given size. Every provider gets those that are
 * shaped for its own schemas, splitting and keys, and all get what is bad for anybody.
 */
import { gzipSync } from 'node:zlib';

/** @typedef {'jofi' | 'innovative-educators' | 'jobaffinity' | 'regpack'} Provider */

/**
 * @typedef {object} Hostile
 * @property {Provider} provider
 * @property {string} name
 * @property {(size: number) => string | Buffer} body of about so many bytes
 * @property {Record<string, string>} [headers]
 * @property {boolean} [chunked] sent without a length
 * @property {number} [size] in bytes, instead of the usual one
 */

const MB = 1024 * 1024;

/**
 * Text of about a size, made of pieces that differ by their number.
 *
 * @param {number} size
 * @param {(number: number) => string} piece
 */
function filled(size, piece, separator = ',') {
	/** @type {string[]} */
	const pieces = [];
	for (let length = 0; length < size - 400; ) {
		const next = piece(pieces.length);
		pieces.push(next);
		length += next.length + separator.length;
	}
	return pieces.join(separator);
}

/** @param {string} piece */
const same = (piece) => (/** @type {number} */ size) => `[${filled(size, () => piece)}]`;

const nested = (/** @type {number} */ levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/**
 * What is bad for anybody, as the text of a value.
 *
 * @type {Record<string, (size: number) => string>}
 */
const values = {
	numbers: same('0'),
	lists: same('[]'),
	objects: same('{}'),
	nulls: same('null'),
	texts: same('""'),
	'objects with one key': same('{"id":0}'),
	'objects of as many shapes': (size) => `[${filled(size, (number) => `{"k${number}":0}`)}]`,
	'objects with an empty object': same('{"assessment":{}}'),
	dates: same('{"completed_at":"2026-02-03T13:05:12Z"}'),
	'wrong dates': same('{"completed_at":"("}'),
	'one wide object': (size) => `{${filled(size, (number) => `"k${number}":0`)}}`,
	'numeric keys': (size) => `{${filled(size, (number) => `"${number * 7919}":0`)}}`,
	'the same key': (size) => `{${filled(size, () => '"a":{}')}}`,
	__proto__: (size) => `{${filled(size, () => '"__proto__":{}')}}`,
	'a long text': (size) => JSON.stringify('x'.repeat(size - 200)),
	escapes: (size) => `"${'\\u0041'.repeat((size - 200) / 6)}"`,
	'two-byte characters': (size) => JSON.stringify('é'.repeat((size - 200) / 2)),
	'a long number': (size) => '9'.repeat(size - 200),
	'long numbers': same(`1.${'7'.repeat(40)}e-300`),
	'too many levels': (size) => nested((size - 200) / 2),
	'too many levels of objects': (size) =>
		`${'{"a":'.repeat((size - 200) / 6)}0${'}'.repeat((size - 200) / 6)}`,
	'many deep values': same(nested(190)),
	blanks: (size) => `${' '.repeat(size - 200)}0`,
	parentheses: (size) => JSON.stringify('('.repeat(size - 200)),
	slashes: (size) => JSON.stringify('/1'.repeat((size - 200) / 2)),
	'links with queries': (size) => JSON.stringify('/1?'.repeat((size - 200) / 3)),
	'links without an end': (size) => JSON.stringify(`${'/1?'.repeat((size - 200) / 3)}\n`),
	digits: (size) => JSON.stringify(`/${'1'.repeat(size - 200)}x`),
};

/**
 * Where they stand in a delivery: at each list and object that the schemas, filters or keys look
 * at.
 *
 * @type {[Provider, string, (value: string) => string][]}
 */
const places = [
	[
		'jofi',
		'assigned_assessments',
		(value) =>
			`{"id":"evt_1","type":"test_taker.assessment_completed","object":"event","created_at":"2026-02-03T13:05:12Z","data":{"object":{"object":"test_taker","id":1,"assigned_assessments":${value}}}}`,
	],
	[
		'jofi',
		'team',
		(value) =>
			`{"id":"evt_1","type":"invitation.created","created_at":"2026-02-03T13:05:12Z","data":{"object":{"object":"invitation","id":1,"team":${value}}}}`,
	],
	[
		'jofi',
		'data.object',
		(value) =>
			`{"id":"evt_1","type":"test_taker.created","created_at":"2026-02-03T13:05:12Z","data":{"object":${value}}}`,
	],
	[
		'jofi',
		'created_at',
		(value) =>
			`{"id":"evt_1","type":"test_taker.assessment_completed","created_at":${value},"data":{"object":{"id":1,"assigned_assessments":[{"id":1,"completed_at":${JSON.stringify('2026')}}]}}}`,
	],
	['jofi', 'type', (value) => `{"id":"evt_1","type":${value}}`],
	['innovative-educators', 'the body', (value) => value],
	['innovative-educators', 'events', (value) => `{"events":${value}}`],
	[
		'innovative-educators',
		'userDetail',
		(value) =>
			`{"id":"1","event":"courseCompletion","timestamp":"2026-03-04T15:06:07Z","notifiableId":"2","userDetail":${value}}`,
	],
	['innovative-educators', 'id', (value) => `{"id":${value},"event":"courseCompletion"}`],
	[
		'innovative-educators',
		'timestamp',
		(value) => `{"id":"1","event":"courseCompletion","timestamp":${value}}`,
	],
	['innovative-educators', 'event', (value) => `{"id":"1","event":${value}}`],
	['jobaffinity', 'application', (value) => `{"event":"ProcessStepChange","application":${value}}`],
	[
		'jobaffinity',
		'_self',
		(value) => `{"event":"ProcessStepChange","application":{"_self":${value}}}`,
	],
	[
		'jobaffinity',
		'change',
		(value) =>
			`{"event":"ProcessStepChange","application":{"_self":"/restapi/v1/application/1"},"change":${value}}`,
	],
	['regpack', 'user_info', (value) => `{"user_info":${value},"meta_info":{}}`],
	['regpack', 'user_info and meta_info', (value) => `{"user_info":${value},"meta_info":${value}}`],
	['regpack', 'doc', (value) => `{"user_info":{"clogin_id":"1"},"meta_info":{},"doc":${value}}`],
	[
		'regpack',
		'a group',
		(value) =>
			`{"user_info":[${filled(50_000, (number) => `{"clogin_id":"${number}"}`)}],"meta_info":{},"doc":${value}}`,
	],
];

/**
 * @param {number} size
 * @param {(value: string) => string} place
 * @param {(size: number) => string} value
 */
function placed(size, place, value) {
	const around = place('').length;
	// What stands in two places is half as long in each.
	const copies = place('value').split('value').length - 1;
	return place(value((size - around) / copies));
}

/**
 * Of the places, those that code walks through get all values, and the others those that were worst
 * at these.
 */
const THOROUGH = ['assigned_assessments', 'the body', 'userDetail', '_self', 'user_info', 'doc'];
const WORST = [
	'numbers',
	'objects',
	'objects of as many shapes',
	'one wide object',
	'a long text',
	'many deep values',
	'wrong dates',
];

/** @type {Hostile[]} */
const json = places.flatMap(([provider, place, at]) =>
	Object.entries(values)
		.filter(([name]) => THOROUGH.includes(place) || WORST.includes(name))
		.map(([name, value]) => ({
			provider,
			name: `${place}: ${name}`,
			body: (/** @type {number} */ size) => placed(size, at, value),
		})),
);

/** As many events as are allowed in a body. */
const EVENTS = 2097;
const many = (/** @type {(number: number) => string} */ event) =>
	`[${Array.from({ length: EVENTS }, (_, number) => event(number)).join()}]`;

/** @type {Hostile[]} */
const crowds = [
	{
		provider: 'innovative-educators',
		name: 'as many tests as are allowed',
		body: () => many(() => '{}'),
	},
	{
		provider: 'innovative-educators',
		name: 'as many completions',
		body: () =>
			many(
				(number) =>
					`{"event":"courseCompletion","id":"${number}","timestamp":"2026-03-04T15:06:07.089Z","userDetail":{"id":"1"}}`,
			),
	},
	{
		provider: 'innovative-educators',
		name: 'as many unknown events',
		body: () => many((number) => `{"event":"x${number}"}`),
	},
	{
		provider: 'regpack',
		name: 'as many applicants',
		body: () =>
			`{"user_info":${many((number) => `{"clogin_id":"${number}","group_id":"1","connected_to":"2"}`)},"meta_info":{}}`,
	},
	{
		provider: 'regpack',
		name: 'as many applicants with what is theirs',
		body: () => `{"user_info":${many(() => '0')},"meta_info":${many((number) => String(number))}}`,
	},
];

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

/** @type {[string, (size: number) => string, Record<string, string>][]} */
const formBodies = [
	['a form of empty fields', (size) => filled(size, () => '', '&'), urlencoded],
	['a form of equal names', (size) => filled(size, () => 'a=1', '&'), urlencoded],
	[
		'a form of different names',
		(size) => filled(size, (number) => `k${number}=1`, '&'),
		urlencoded,
	],
	['a form of lists', (size) => filled(size, () => 'a[]=', '&'), urlencoded],
	[
		'a form of different lists',
		(size) => filled(size, (number) => `k${number}[]=`, '&'),
		urlencoded,
	],
	[
		'a form of a list of objects',
		(size) => filled(size, (number) => `user_info[${number}][a]=`, '&'),
		urlencoded,
	],
	[
		'a form of deep names',
		(size) => filled(size, (number) => `k${number}${'[a]'.repeat(190)}=1`, '&'),
		urlencoded,
	],
	[
		'a form with one very deep name',
		(size) => `${'a'}${'[a]'.repeat((size - 200) / 3)}=1`,
		urlencoded,
	],
	['a form of escapes', (size) => `a=${'%41'.repeat((size - 200) / 3)}`, urlencoded],
	['a form of brackets that do not close', (size) => `a${'['.repeat(size - 200)}=1`, urlencoded],
	['a form with JSON in a field', (size) => `user_info=[${filled(size, () => '{}')}]`, urlencoded],
	['a form with deep JSON in a field', (size) => `doc=${nested((size - 200) / 2)}`, urlencoded],
	['a form of broken JSON', (size) => filled(size, () => 'a={', '&'), urlencoded],
	[
		'a form of short lists of JSON',
		(size) => filled(size, (number) => `k${number}=[[],[],[]]`, '&'),
		urlencoded,
	],
	[
		'JSON that calls itself a form',
		(size) => `{"user_info":[${filled(size, () => '{}')}]}`,
		urlencoded,
	],
];

/** @type {Hostile[]} */
const forms = formBodies.map(([name, body, headers]) => ({
	provider: 'regpack',
	name,
	body,
	headers,
}));

const list = (/** @type {number} */ size) => places[0][2](values.numbers(size));

/**
 * Larger than is allowed by default, by what they say, by what they are, or once they are inflated.
 *
 * @type {Hostile[]}
 */
const large = [4 * MB, 16 * MB].flatMap((size) => [
	{ provider: 'jofi', name: `${size / MB} MB of wrong assessments`, body: list, size },
	{
		provider: 'jofi',
		name: `${size / MB} MB of wrong assessments without a length`,
		body: list,
		size,
		chunked: true,
	},
	{
		provider: 'jofi',
		name: `${size / MB} MB of them, compressed`,
		body: (each) => gzipSync(list(each)),
		headers: { 'content-encoding': 'gzip' },
		size,
	},
	{
		provider: 'innovative-educators',
		name: `${size / MB} MB of empty objects`,
		body: values.objects,
		size,
	},
	{
		provider: 'regpack',
		name: `${size / MB} MB of a group`,
		body: (each) => `{"user_info":${values.objects(each)},"meta_info":{}}`,
		size,
	},
]);

/** @type {Hostile[]} */
const compressed = [
	{
		provider: 'jofi',
		name: '400 MB of blanks, compressed',
		body: (size) => gzipSync(Buffer.alloc(size, ' ')),
		headers: { 'content-encoding': 'gzip' },
		size: 400 * MB,
	},
	{
		provider: 'jofi',
		name: 'what is no gzip',
		body: (size) => Buffer.alloc(size, 7),
		headers: { 'content-encoding': 'gzip' },
	},
];

/** The bodies, but for those that are larger than is allowed. */
export const allowed = [...json, ...crowds, ...forms, ...compressed.slice(1)];

export const tooLarge = /** @type {Hostile[]} */ ([...large, compressed[0]]);
