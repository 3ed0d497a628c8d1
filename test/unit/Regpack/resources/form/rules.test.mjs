import { NodeHelpers } from 'n8n-workflow';

import { reply } from '#dist/nodes/Regpack/resources/form/reply.js';
import { violatedRule, MESSAGE_TYPES, rules } from '#dist/nodes/Regpack/resources/form/rules.js';
import { replyPointOf, replyPoints, replyEvents } from '#dist/nodes/Regpack/trigger/replyPoints.js';

const { fields } = reply;

/** @typedef {import('../../../../../nodes/Regpack/trigger/replyPoints.js').ReplyPoint} Moment */
/** @typedef {import('../../../../../nodes/Regpack/resources/form/rules.js').Reply} Reply */

/** Documented (docs/webhooks). */
const TYPES = ['error', 'information', 'notification', 'success', 'warning'];
const HARMLESS = TYPES.filter((type) => type !== 'error');
const URL = 'https://www.example.com/next';
const jdoc = { membership_level: 'Gold' };
const text = { msg: 'Nearly full' };

const UNKNOWN_TYPE = 'Regpack has no such message type';
const NO_TEXT = 'The message has no text';
const ERROR_AND_FIELDS =
	'An error and new field values cannot go together before a form is processed';
const ERROR_AND_SUCCESS =
	'An error and a message of type success cannot go together before a form is processed';
const NO_URL = 'The redirect URL is not a valid URL';
const NO_FIELD = 'There is no field to fill in';

/** @param {Reply} reply @param {Moment} moment @param {string} [redirect] */
const brokenBy = (reply, moment, redirect) => violatedRule(reply, moment, redirect)?.sentence;

test('the kinds of message are the documented ones', () => {
	expect([...MESSAGE_TYPES].sort()).toEqual(TYPES);
});

test('exactly the events that get a reply have a reply point', () => {
	expect(Object.fromEntries(replyEvents.map((event) => [event, replyPointOf(event)]))).toEqual({
		form_preprocess: 'before',
		'form_preprocess_*': 'before',
		'form_submit_*': 'after',
		'form_load_*': 'opened',
	});
	for (const event of [
		'form_submitted',
		'form_viewed_*',
		'user_complete',
		'form_preprocess_1',
		'',
		'constructor',
	])
		expect(replyPointOf(event)).toBeUndefined();
});

/** @type {Moment[]} */
const FILLED_IN = ['before', 'after'];
/** @type {Moment[]} */
const ANY = ['before', 'after', 'opened'];

/** @type {{ name: string, at: Moment[], reply: Reply, redirect?: string }[]} */
const allowed = [
	{ name: 'nothing', at: ANY, reply: {} },
	{ name: 'a redirect', at: ANY, reply: { redirect: URL }, redirect: URL },
	{ name: 'a redirect under another name', at: ANY, reply: { redirect_url: URL }, redirect: URL },
	{ name: 'new values', at: FILLED_IN, reply: { jdoc } },
	{ name: 'new values and a field to focus on', at: FILLED_IN, reply: { jdoc, focus_on: 'phone' } },
	{ name: 'a redirect with new values', at: ANY, reply: { redirect: URL, jdoc }, redirect: URL },
	...TYPES.map((msg_type) => ({
		name: `a redirect with a message: ${msg_type}`,
		at: ANY,
		reply: { redirect: URL, ...text, msg_type, focus_on: 'phone' },
		redirect: URL,
	})),
	{
		name: 'an error called so with a message of type success, once the form was submitted',
		at: ['after'],
		reply: { error: 'full', ...text, msg_type: 'success' },
	},
	{
		name: 'an error with new values, once the form was submitted',
		at: ['after'],
		reply: { jdoc, ...text, msg_type: 'error' },
	},
	...TYPES.map((msg_type) => ({
		name: `a message: ${msg_type}`,
		at: FILLED_IN,
		reply: { ...text, msg_type },
	})),
	...TYPES.map((msg_type) => ({
		name: `a message that points at a field: ${msg_type}`,
		at: FILLED_IN,
		reply: { ...text, msg_type, focus_on: 'phone' },
	})),
	...HARMLESS.map((msg_type) => ({
		name: `new values and a message: ${msg_type}`,
		at: FILLED_IN,
		reply: { jdoc, ...text, msg_type },
	})),
];

test.each(allowed)('allowed is $name', ({ at, reply, redirect }) => {
	for (const moment of at) expect(brokenBy(reply, moment, redirect)).toBeUndefined();
});

describe('refused is', () => {
	/** @type {[string, Moment[], Reply, string | undefined, string][]} */
	const refused = [
		[
			'an error with new values, before the form is processed',
			['before'],
			{ jdoc, ...text, msg_type: 'error' },
			undefined,
			ERROR_AND_FIELDS,
		],
		[
			'an error with new values and a redirect, before the form is processed',
			['before'],
			{ jdoc, ...text, msg_type: 'error', redirect: URL },
			URL,
			ERROR_AND_FIELDS,
		],
		[
			'an error called so with new values',
			['before'],
			{ jdoc, error: 'full' },
			undefined,
			ERROR_AND_FIELDS,
		],
		[
			'an error with a message of type success',
			['before'],
			{ error: 'full', ...text, msg_type: 'success' },
			undefined,
			ERROR_AND_SUCCESS,
		],
		['another type', ANY, { ...text, msg_type: 'info' }, undefined, UNKNOWN_TYPE],
		['a type in capitals', FILLED_IN, { ...text, msg_type: 'Error' }, undefined, UNKNOWN_TYPE],
		['an empty type', FILLED_IN, { ...text, msg_type: '' }, undefined, UNKNOWN_TYPE],
		['a type without a text', FILLED_IN, { msg_type: 'error' }, undefined, NO_TEXT],
		['a text without a type', FILLED_IN, text, undefined, NO_TEXT],
		['an empty text', FILLED_IN, { msg: '', msg_type: 'error' }, undefined, NO_TEXT],
		['blanks for a text', FILLED_IN, { msg: ' \n', msg_type: 'success' }, undefined, NO_TEXT],
		['no new value at all', FILLED_IN, { jdoc: {} }, undefined, NO_FIELD],
		...[
			'',
			'www.example.com',
			'/next',
			'next',
			'javascript:alert(1)',
			'data:text/html,x',
			'ftp://example.com',
			'mailto:a@example.com',
			'https://',
			'http:// example.com',
		].map(
			(url) =>
				/** @type {[string, Moment[], Reply, string, string]} */ ([
					`a redirect to "${url}"`,
					ANY,
					{ redirect: url },
					url,
					NO_URL,
				]),
		),
	];
	test.each(refused)('%s %j', (_, at, reply, redirect, sentence) => {
		for (const moment of at) expect(brokenBy(reply, moment, redirect)).toBe(sentence);
	});

	test('by each of the rules here, with what to do instead', () => {
		expect(new Set(refused.map(([, , , , sentence]) => sentence))).toEqual(
			new Set(rules.map(({ sentence }) => sentence)),
		);
		for (const { advice } of rules) expect(advice).toMatch(/^[A-Z].+\.$/);
	});
});

describe('the parameters of Form Reply offer what is allowed', () => {
	const node = /** @type {any} */ ({
		name: 'Regpack',
		type: 'regpack',
		typeVersion: 1,
		parameters: {},
	});

	/** What n8n runs the node with. @param {object} set @returns {Record<string, any>} */
	const runsWith = (set) =>
		NodeHelpers.getNodeParameters(fields, /** @type {any} */ (set), true, false, node, null) ?? {};

	/** @param {object} set @param {string} name @returns {string[]} values that can be chosen */
	function choices(set, name) {
		const parameters = runsWith(set);
		const found = fields.filter(
			(field) =>
				field.name === name &&
				NodeHelpers.displayParameter(/** @type {any} */ (parameters), field, node, null),
		);
		expect(found.length).toBeLessThanOrEqual(1);
		return found.flatMap(({ options = [] }) =>
			options.map((option) => /** @type {any} */ (option).value),
		);
	}

	test.each([
		['before', ['fill', 'json', 'message', 'pass', 'redirect', 'stop']],
		['after', ['fill', 'json', 'message', 'pass', 'redirect']],
		['opened', ['json', 'pass', 'redirect']],
	])('%s: %j', (moment, replies) => {
		expect(choices({ moment }, 'reply').sort()).toEqual(replies);
		expect(runsWith({ moment }).reply).toBe('pass');
	});

	test.each([
		['before', 'message', TYPES],
		['after', 'message', TYPES],
		['before', 'fill', HARMLESS],
		['after', 'fill', TYPES],
		['before', 'stop', []],
		['before', 'pass', []],
		['before', 'redirect', TYPES],
		['after', 'redirect', TYPES],
		['before', 'json', []],
		['opened', 'redirect', []],
	])('%s, with %s: %j', (moment, reply, types) => {
		expect(choices({ moment, reply }, 'messageType').sort()).toEqual(types);
	});

	test('the replyPoints are those of the events, each with its events', () => {
		expect(choices({}, 'moment').sort()).toEqual(Object.keys(replyPoints).sort());
	});
});
