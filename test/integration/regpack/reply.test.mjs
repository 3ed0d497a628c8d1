import { events } from '#dist/nodes/Regpack/events/definitions.js';
import { runNode } from '../core.mjs';

const URL = 'https://www.example.com/next';
const NOBODY_BEGAN = 'Test only: works after a Regpack Trigger.';
const NOBODY_WAITS =
	'No form is waiting for this reply: set Respond of the Regpack Trigger to Using Regpack Node.';

/** @param {string} event @param {Record<string, unknown>} [parameters] */
const triggerOn = (event, parameters) => ({
	type: 'regpackTrigger',
	parameters: /** @type {any} */ ({
		authentication: 'none',
		events: event,
		formId: '12345',
		responseMode: 'responseNode',
		...parameters,
	}),
});

/** What a trigger gets of n8n for a delivery. @param {string} event @param {number} [count] */
const received = (event, count = 1) =>
	Array.from({ length: count }, (_, index) => ({
		json: {
			eventKey: `key ${index}`,
			provider: 'regpack',
			event,
			unprocessed: true,
			payload: events.find(({ type }) => type === event)?.sample,
			extra: { formId: '12345' },
		},
	}));

/**
 * Form Reply, in a workflow that a Regpack Trigger begins.
 *
 * @param {string} event
 * @param {Record<string, unknown>} parameters of the reply
 * @param {Partial<Parameters<typeof runNode>[0]> & { onError?: import('n8n-workflow').OnError }} [changes]
 */
async function replied(event, parameters, { onError, ...changes } = {}) {
	const node = {
		type: 'regpack',
		parameters: /** @type {any} */ ({ resource: 'form', operation: 'reply', ...parameters }),
		...(onError && { onError }),
	};
	const run = await runNode({
		node,
		before: [triggerOn(event)],
		items: received(event),
		mode: 'webhook',
		...changes,
	});
	return {
		...run,
		json: run.output.map(({ json }) => /** @type {any} */ (json)),
		hintTexts: run.hints.map(({ message }) => message),
	};
}

/** What a refusal tells. @param {Awaited<ReturnType<typeof replied>>} run */
function errorTextOf({ status, error }) {
	expect(status).toBe('error');
	const { message, description, context } = error;
	return { message, description, itemIndex: context.itemIndex };
}

/** What is sent. @param {object} body */
const sending = (body) => ({
	statusCode: 200,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body,
});

const phone = { message: ' Please give a phone number ', focusOn: 'guardian_phone' };
const level = {
	field: [
		{ name: 'membership_level', value: 'Gold' },
		{ name: ' f_1_2 ', value: '={{ ["a", "b"] }}' },
	],
};
const LEVEL = { membership_level: 'Gold', f_1_2: ['a', 'b'] };
const AFTER = { moment: 'after' };
const OPENED = { moment: 'opened' };
/** What an expression in another parameter may need, so that n8n asks for it. */
const REQUIRED = { message: 'x', redirectUrl: URL };

describe('a reply is sent as exactly this JSON', () => {
	/** @type {[string, object, object][]} */
	const replies = [
		['form_preprocess', { reply: 'pass' }, {}],
		['form_preprocess_*', {}, {}],
		[
			'form_preprocess',
			{ reply: 'stop', ...phone },
			{ msg: 'Please give a phone number', msg_type: 'error', focus_on: 'guardian_phone' },
		],
		[
			'form_preprocess_*',
			{ reply: 'stop', message: '={{ $json.person.id }} must wait' },
			{ msg: '200001 must wait', msg_type: 'error' },
		],
		[
			'form_preprocess',
			{ reply: 'message', message: 'Nearly full' },
			{ msg: 'Nearly full', msg_type: 'information' },
		],
		['form_preprocess', { reply: 'fill', fields: level }, { jdoc: LEVEL }],
		[
			'form_preprocess',
			{
				reply: 'fill',
				additionalFieldsJson: '={{ { membership_level: "Gold", f_1_2: ["a", "b"] } }}',
			},
			{ jdoc: LEVEL },
		],
		[
			'form_preprocess',
			{
				reply: 'fill',
				fields: level,
				additionalFieldsJson: '{ "membership_level": "Silver", "f_9": "x" }',
			},
			{ jdoc: { ...LEVEL, membership_level: 'Silver', f_9: 'x' } },
		],
		[
			'form_preprocess',
			{
				reply: 'fill',
				fields: {
					field: [
						{ name: 'shirt_size', kind: 'choices', answers: ['Small', 'Medium'] },
						{ name: 'heard_from', kind: 'choices', answers: ['The web'] },
						{ name: 'days', kind: 'choices', answers: '={{ [1, 2] }}' },
						{ name: 'none', kind: 'choices' },
						{ name: 'level', kind: 'text', value: 'Gold' },
					],
				},
			},
			{
				jdoc: {
					shirt_size: ['Small', 'Medium'],
					heard_from: ['The web'],
					days: ['1', '2'],
					none: [],
					level: 'Gold',
				},
			},
		],
		[
			'form_preprocess',
			{ reply: 'fill', fields: level, messageWithIt: 'Filled in' },
			{ jdoc: LEVEL, msg: 'Filled in', msg_type: 'information' },
		],
		[
			'form_preprocess',
			{ reply: 'fill', fields: level, messageWithIt: 'Filled in', messageType: 'success' },
			{ jdoc: LEVEL, msg: 'Filled in', msg_type: 'success' },
		],
		[
			'form_submit_*',
			{
				...AFTER,
				reply: 'fill',
				fields: level,
				messageWithIt: 'Wrong level',
				messageType: 'error',
			},
			{ jdoc: LEVEL, msg: 'Wrong level', msg_type: 'error' },
		],
		['form_submit_*', { ...AFTER, reply: 'pass' }, {}],
		['form_preprocess', { reply: 'redirect', redirectUrl: ` ${URL} ` }, { redirect: URL }],
		[
			'form_submit_*',
			{ ...AFTER, reply: 'redirect', redirectUrl: URL, redirectKey: 'redirect_url' },
			{ redirect_url: URL },
		],
		['form_load_*', { ...OPENED, reply: 'redirect', redirectUrl: URL }, { redirect: URL }],
		['form_load_*', { ...OPENED }, {}],
		[
			'form_preprocess',
			{ reply: 'fill', fields: level, focusOn: ' membership_level ' },
			{ jdoc: LEVEL, focus_on: 'membership_level' },
		],
		[
			'form_preprocess',
			{
				reply: 'redirect',
				redirectUrl: URL,
				messageWithIt: 'On you go',
				messageType: 'error',
				focusOn: 'phone',
			},
			{ redirect: URL, msg: 'On you go', msg_type: 'error', focus_on: 'phone' },
		],
		[
			'form_submit_*',
			{ ...AFTER, reply: 'redirect', redirectUrl: URL, fields: level, messageWithIt: 'Thanks' },
			{ redirect: URL, jdoc: LEVEL, msg: 'Thanks', msg_type: 'information' },
		],
		[
			'form_load_*',
			{ ...OPENED, reply: 'json', replyJson: `{ "goto": { "url": "${URL}" }, "lock": true }` },
			{ goto: { url: URL }, lock: true },
		],
		[
			'form_preprocess',
			{ reply: 'json', replyJson: '={{ { msg: "x", since: new Date(0), nothing: undefined } }}' },
			{ msg: 'x', since: '1970-01-01T00:00:00.000Z' },
		],
		[
			'form_submit_*',
			{
				...AFTER,
				reply: 'json',
				replyJson: '{ "jdoc": { "a": 1 }, "msg_type": "error", "error": "x" }',
			},
			{ jdoc: { a: 1 }, msg_type: 'error', error: 'x' },
		],
		['form_load_*', { ...OPENED, reply: 'json' }, {}],
		// What is set for another reply, and not shown now, has no part in it.
		['form_preprocess', { reply: 'pass', ...phone, fields: level, redirectUrl: URL }, {}],
	];
	for (const messageType of ['error', 'information', 'notification', 'success', 'warning']) {
		replies.push(
			[
				'form_preprocess_*',
				{ reply: 'message', message: 'Nearly full', messageType },
				{ msg: 'Nearly full', msg_type: messageType },
			],
			[
				'form_submit_*',
				{ ...AFTER, reply: 'message', message: 'Thanks', messageType, focusOn: 'phone' },
				{ msg: 'Thanks', msg_type: messageType, focus_on: 'phone' },
			],
		);
	}

	it.each(replies)('to %s: %j → %j', async (event, parameters, body) => {
		const { status, sent, json, hintTexts: hints } = await replied(event, { ...parameters });
		expect({ status, sent, hints }).toEqual({
			status: 'success',
			sent: [sending(body)],
			hints: [],
		});
		expect(json).toEqual([
			expect.objectContaining({
				event,
				person: expect.anything(),
				payload: expect.anything(),
				formReply: body,
			}),
		]);
	});
});

describe('a reply that cannot be is refused, and nothing is sent', () => {
	it.each([
		[
			'form_preprocess',
			{ reply: 'fill', fields: level, messageWithIt: 'No', messageType: '={{ "error" }}' },
			'An error and new field values cannot go together before a form is processed',
			/^Regpack's rule: an error stops the submission/,
		],
		[
			'form_preprocess',
			{ reply: 'stop', message: '={{ " " }}' },
			'The message has no text',
			/^Give it a text/,
		],
		[
			'form_preprocess',
			{ reply: 'message', message: '={{ $json.nothing }}' },
			'The message has no text',
			/^Give it a text/,
		],
		[
			'form_preprocess',
			{ reply: 'message', message: 'x', messageType: '={{ "info" }}' },
			'Regpack has no such message type',
			/^Use one of: error, information/,
		],
		[
			'form_preprocess',
			{ reply: 'fill', fields: {} },
			'There is no field to fill in',
			/^Add at least one field/,
		],
		[
			'form_preprocess',
			{ reply: 'fill', fields: { field: [{ name: ' ', value: 'x' }] } },
			'A field has no name',
			/^Give each field under Fields its mapped name/,
		],
		[
			'form_preprocess',
			{ reply: 'fill', additionalFieldsJson: '["membership_level"]' },
			'Additional Fields (JSON) is not a JSON object',
			/^Write a JSON object/,
		],
		[
			'form_preprocess',
			{ reply: 'fill', additionalFieldsJson: '{ membership_level }' },
			'Additional Fields (JSON) is not JSON',
			/^Write a JSON object/,
		],
		[
			'form_preprocess',
			{ reply: 'redirect', redirectUrl: 'next.example.com' },
			'The redirect URL is not a valid URL',
			/^Regpack redirects to valid URLs only/,
		],
		[
			'form_preprocess',
			{ reply: 'redirect', redirectUrl: '={{ "javascript:alert(1)" }}' },
			'The redirect URL is not a valid URL',
			/./,
		],
		[
			'form_preprocess',
			{ reply: 'redirect', redirectUrl: URL, redirectKey: 'jdoc' },
			'The redirect key cannot be used',
			/./,
		],
		[
			'form_preprocess',
			{ reply: 'redirect', redirectUrl: URL, redirectKey: ' ' },
			'The redirect key cannot be used',
			/./,
		],
		[
			'form_preprocess',
			{ ...REQUIRED, reply: '={{ "ignore" }}' },
			'There is no reply "ignore" before a form is processed',
			/^Use one of: pass, message, stop, fill, redirect, json\.$/,
		],
		[
			'form_preprocess',
			{
				reply: 'redirect',
				redirectUrl: URL,
				fields: level,
				messageWithIt: 'No',
				messageType: 'error',
			},
			'An error and new field values cannot go together before a form is processed',
			/./,
		],
		[
			'form_preprocess',
			{ reply: 'json', replyJson: '{ "msg_type": "error", "jdoc": { "a": 1 } }' },
			'An error and new field values cannot go together before a form is processed',
			/./,
		],
		[
			'form_preprocess',
			{ reply: 'json', replyJson: '{ "error": "full", "msg": "Full", "msg_type": "success" }' },
			'An error and a message of type success cannot go together before a form is processed',
			/./,
		],
		[
			'form_preprocess',
			{ reply: 'json', replyJson: '[{}]' },
			'JSON Object is not a JSON object',
			/^Write a JSON object/,
		],
		[
			'form_load_*',
			{ ...OPENED, reply: 'json', replyJson: '{ goto' },
			'JSON Object is not JSON',
			/^Write a JSON object/,
		],
		[
			'form_load_*',
			{ ...OPENED, reply: 'json', replyJson: '={{ { a: "x".repeat(100000) } }}' },
			'The reply is too long',
			/^A form gets 100000 characters of JSON at most\.$/,
		],
		[
			'form_preprocess',
			{ reply: 'message', message: '={{ "x".repeat(100000) }}' },
			'The reply is too long',
			/./,
		],
		[
			'form_preprocess',
			{ ...REQUIRED, moment: '={{ "later" }}' },
			'Form Event is not valid',
			/^Use one of: before, after, opened\.$/,
		],
		[
			'form_load_*',
			{ ...REQUIRED, ...OPENED, reply: '={{ "fill" }}', fields: level },
			'There is no reply "fill" when a form is opened',
			/^Use one of: pass, redirect, json\.$/,
		],
	])('%s: %j', async (event, parameters, message, description) => {
		const run = await replied(event, parameters);
		expect(errorTextOf(run)).toMatchObject({
			message,
			description: expect.stringMatching(description),
			itemIndex: 0,
		});
		expect(run.sent).toEqual([]);
	});

	it.each([
		['form_submit_*', {}, 'set Form Event to "After a Form Was Submitted"'],
		['form_load_*', {}, 'set Form Event to "When a Form Is Opened"'],
		['form_preprocess_*', AFTER, 'set Form Event to "Before a Form Is Processed"'],
		['user_complete', {}, 'Regpack waits for no reply to it'],
		['form_viewed_*', OPENED, 'Regpack waits for no reply to it'],
	])(
		'when the execution began with %s, and not with what it answers to: %j',
		async (event, moment, advice) => {
			const run = await replied(event, { ...moment, reply: 'pass' });
			expect(errorTextOf(run)).toMatchObject({
				message: `This reply does not match the event ${event}`,
				description: `The execution started with ${event}: ${advice}.`,
			});
			expect(run.sent).toEqual([]);
		},
	);

	it('and goes to the error output with On Error: Continue', async () => {
		const run = await replied(
			'form_preprocess',
			{ reply: 'stop', message: '={{ "" }}' },
			{ onError: 'continueRegularOutput' },
		);
		expect(run).toMatchObject({
			status: 'success',
			sent: [],
			json: [
				{ error: 'The message has no text', message: expect.stringMatching(/^Give it a text/) },
			],
		});
	});
});

describe('of several items', () => {
	const several = { items: received('form_preprocess', 3) };

	it('the first is the reply, and one hint says so', async () => {
		const run = await replied(
			'form_preprocess',
			{ reply: 'stop', message: '={{ $json.eventKey }}' },
			several,
		);
		expect(run.sent).toEqual([sending({ msg: 'key 0', msg_type: 'error' })]);
		expect(run.json.map(({ formReply }) => formReply.msg)).toEqual(['key 0', 'key 1', 'key 2']);
		expect(run.hintTexts).toEqual([
			'A form gets one reply, that of the first item. The others were not sent.',
		]);
	});

	it('each is checked', async () => {
		const run = await replied(
			'form_preprocess',
			{ reply: 'stop', message: '={{ $itemIndex < 2 ? "x" : "" }}' },
			several,
		);
		expect(errorTextOf(run)).toMatchObject({ message: 'The message has no text', itemIndex: 2 });
	});
});

describe('no form is waiting', () => {
	it('when no Regpack Trigger started the execution, and a hint says so', async () => {
		const run = await replied(
			'',
			{ reply: 'stop', message: 'x' },
			{ before: [], items: [{ json: { a: 1 } }] },
		);
		expect(run).toMatchObject({
			status: 'success',
			hintTexts: [NOBODY_BEGAN],
			json: [{ a: 1, note: NOBODY_BEGAN, formReply: { msg: 'x', msg_type: 'error' } }],
		});
	});

	it('when the trigger responds by itself, and a hint says so', async () => {
		for (const responseMode of ['onReceived', 'lastNode']) {
			const run = await replied(
				'form_preprocess',
				{},
				{ before: [triggerOn('form_preprocess', { responseMode })] },
			);
			expect(run).toMatchObject({ status: 'success', hintTexts: [NOBODY_WAITS] });
		}
	});

	it('at a trigger that did not begin the execution', async () => {
		const other = { ...triggerOn('form_submit_*'), name: 'On submitted' };
		const run = await replied(
			'form_preprocess',
			{ reply: 'pass' },
			{ before: [triggerOn('form_preprocess'), other] },
		);
		expect(run).toMatchObject({ status: 'success', hintTexts: [], sent: [sending({})] });
		const refused = await replied(
			'form_submit_*',
			{ reply: 'pass' },
			{ before: [other, triggerOn('form_preprocess')] },
		);
		expect(refused.error?.message).toBe('This reply does not match the event form_submit_*');
	});
});

it('files that came with an item go on', async () => {
	const binary = { cv: { data: 'JVBERg==', mimeType: 'application/pdf', fileName: 'cv.pdf' } };
	const { output } = await replied('', {}, { before: [], items: [{ json: { a: 1 }, binary }] });
	const json = { a: 1, note: NOBODY_BEGAN, formReply: {} };
	expect(output).toEqual([{ json, binary, pairedItem: { item: 0 } }]);
});
