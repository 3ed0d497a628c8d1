import { checkCaller } from '#dist/nodes/shared/webhook/verification/checks.js';
import { toUtf8 } from '#dist/nodes/shared/webhook/toUtf8.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { processorMs } from '../../clock.mjs';
import { deliver } from '../../webhookContext.mjs';

const NAME = 'José “Pepe” Müller, 5 €';
/** The same, byte for byte, in Windows-1252. */
const IN_1252 = Buffer.from([
	0x4a, 0x6f, 0x73, 0xe9, 0x20, 0x93, 0x50, 0x65, 0x70, 0x65, 0x94, 0x20, 0x4d, 0xfc, 0x6c, 0x6c,
	0x65, 0x72, 0x2c, 0x20, 0x35, 0x20, 0x80,
]);

/**
 * The bytes of a text in which `@` stands for the name.
 *
 * @param {string} text
 * @param {Uint8Array} name
 */
const withName = (text, name) =>
	Buffer.concat(
		text
			.split('@')
			.flatMap((each, index) => (index === 0 ? [Buffer.from(each)] : [name, Buffer.from(each)])),
	);

const event = '{"id":"evt_1","type":"team.renamed","name":"@"}';

/** What a JOFI Trigger starts with. @param {Uint8Array} body @param {string} [type] */
async function jofiStarted(body, type = 'application/json') {
	const { started, log } = await deliver({ body, headers: { 'content-type': type } });
	const { payload, extra: { encoding } = {} } = /** @type {any} */ (started);
	return { name: payload.name, encoding, log: log.map(({ message }) => message) };
}

/** @param {string} text */
const utf16be = (text) => Buffer.from(text, 'utf16le').swap16();

describe('JSON', () => {
	test('that is not UTF-8 is read as Windows-1252, and item and log say so', async () => {
		const { name, encoding, log } = await jofiStarted(withName(event, IN_1252));
		expect(name).toBe(NAME);
		expect(encoding).toBe('windows-1252');
		expect(log).toEqual(['JOFI delivery is not UTF-8 and was read as windows-1252']);
	});

	test.each([
		'application/json',
		'application/json; charset=utf-8',
		'application/json; charset=us-ascii',
		'application/json; charset=klingon',
		'',
	])('that is UTF-8 with the type "%s" is read as UTF-8, without a hint', async (type) => {
		for (const name of [NAME, 'a \uFFFD b'])
			expect(await jofiStarted(withName(event, Buffer.from(name)), type)).toEqual({
				name,
				encoding: undefined,
				log: [],
			});
	});

	test.each([
		['iso-8859-1', withName(event, IN_1252), 'windows-1252'],
		['"Windows-1252"', withName(event, IN_1252), 'windows-1252'],
		['utf-8', withName(event, IN_1252), 'windows-1252'],
		['utf-16', Buffer.from(event.replace('@', NAME), 'utf16le'), 'utf-16le'],
		['utf-16', utf16be(event.replace('@', NAME)), 'utf-16be'],
	])('of the charset %s is read as far as that fits', async (charset, body, encoding) => {
		expect(await jofiStarted(body, `application/json; charset=${charset}`)).toMatchObject({
			name: NAME,
			encoding,
		});
	});

	test('is what its charset says, also where it could be UTF-8', async () => {
		expect(
			await jofiStarted(
				withName(event, Buffer.from('Ã©')),
				'application/json; charset=iso-8859-1',
			),
		).toMatchObject({ name: 'ÃƒÂ©' });
	});

	test.each([
		['UTF-16', Buffer.from(`\uFEFF${event.replace('@', NAME)}`, 'utf16le'), 'utf-16le'],
		['UTF-8', Buffer.from(`\uFEFF${event.replace('@', NAME)}`), undefined],
	])('with the byte order mark of %s is read so', async (_, body, encoding) => {
		expect(await jofiStarted(body)).toMatchObject({ name: NAME, encoding });
	});

	test('in a list of Innovative Educators is read as well', async () => {
		const list = '[{"id":"1","event":"courseCompletion","notifiableId":"c","title":"@"}]';
		const { items } = await deliver({
			source: innovativeEducatorsWebhooks,
			body: withName(list, IN_1252),
		});
		expect(items).toMatchObject([
			{ payload: { title: NAME }, extra: { encoding: 'windows-1252' } },
		]);
	});
});

describe('a form', () => {
	const parameters = { events: 'user_add' };
	const URLENCODED = 'application/x-www-form-urlencoded';
	const escaped = [...IN_1252]
		.map((byte) =>
			byte < 0x80 ? (byte === 0x20 ? '+' : String.fromCharCode(byte)) : `%${byte.toString(16)}`,
		)
		.join('');

	/** @param {string | Uint8Array} body @param {string} type */
	async function started(body, type) {
		const { items } = await deliver({
			source: regpackWebhooks,
			body,
			headers: { 'content-type': type },
			events: 'user_add',
			parameters,
		});
		const { payload, extra: { encoding } = {} } = /** @type {any} */ (items[0]);
		return { payload, encoding };
	}

	test.each([
		['escapes', `a=${escaped}&b=${encodeURIComponent(NAME)}`],
		['bytes', withName(`a=@&b=${encodeURIComponent(NAME)}`, IN_1252)],
		['JSON', `user=${encodeURIComponent('{"a":"@"}').replace('%40', escaped)}`],
	])('has Windows-1252 in its %s, and UTF-8 beside it', async (kind, body) => {
		const payload = kind === 'JSON' ? { user: { a: NAME } } : { a: NAME, b: NAME };
		expect(await started(body, URLENCODED)).toEqual({ payload, encoding: 'windows-1252' });
	});

	test('in UTF-8 is handed on as it is', async () => {
		expect(await started(`a=${encodeURIComponent(NAME)}`, `${URLENCODED}; charset=utf-16`)).toEqual(
			{ payload: { a: NAME }, encoding: undefined },
		);
	});

	test('is what its charset says', async () => {
		expect(await started('a=%C3%A9', `${URLENCODED}; charset=iso-8859-1`)).toEqual({
			payload: { a: 'Ã©' },
			encoding: 'windows-1252',
		});
	});

	test.each([
		['a million separators', 'é&'.repeat(500_000), URLENCODED],
		['as many as are read', 'é&'.repeat(19_000), URLENCODED],
	])('of %s takes no second', (_, body, type) => {
		const bytes = Buffer.from(body, 'latin1');
		const before = processorMs();
		toUtf8(bytes, type);
		expect(processorMs() - before).toBeLessThan(1_000);
	});
});

describe('a secret beyond ASCII is known in either encoding', () => {
	const caller = (/** @type {Record<string, string>} */ headers) => ({
		headers,
		query: {},
		address: '203.0.113.7',
	});

	test.each(/** @type {BufferEncoding[]} */ (['utf8', 'latin1']))('of Basic in %s', (encoding) => {
		const rules = verificationConfig({ method: 'basic', user: 'jörg', secret: 'süß' });
		const authorization = `Basic ${Buffer.from('jörg:süß', encoding).toString('base64')}`;
		expect(checkCaller(caller({ authorization }), rules)).toBeUndefined();
	});

	test.each(/** @type {BufferEncoding[]} */ (['utf8', 'latin1']))(
		'in a header in %s',
		(encoding) => {
			const rules = verificationConfig({ method: 'header', headerName: 'X-Secret', secret: 'süß' });
			const asNodeShowsIt = Buffer.from('süß', encoding).toString('latin1');
			expect(checkCaller(caller({ 'x-secret': asNodeShowsIt }), rules)).toBeUndefined();
		},
	);
});
