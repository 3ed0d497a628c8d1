import { NodeHelpers } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { RegpackTrigger } from '#dist/nodes/Regpack/RegpackTrigger.node.js';
import { fallbackOf } from '#dist/nodes/Regpack/trigger/properties.js';
import { regpack, regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { webhookContext } from '../../webhookContext.mjs';

/** @typedef {Record<string, any>} Parameters */

const trigger = new RegpackTrigger();
const { properties } = trigger.description;
const node = /** @type {any} */ ({
	name: 'Regpack Trigger',
	type: 'regpackTrigger',
	typeVersion: 1,
	parameters: {},
});

const BEFORE = ['form_preprocess', 'form_preprocess_*'];
const AFTER = ['form_submit_*'];
const OPENED = ['form_load_*'];
const REPLIED_TO = [...BEFORE, ...AFTER, ...OPENED];
const NEWS = regpack.events.map(({ type }) => type).filter((type) => !REPLIED_TO.includes(type));

/**
 * What n8n runs the node with: what is set, and the defaults of what is shown.
 *
 * @param {Parameters} set
 * @returns {Parameters}
 */
const runsWith = (set) =>
	NodeHelpers.getNodeParameters(
		properties,
		set,
		true,
		false,
		{ ...node, parameters: set },
		trigger.description,
	) ?? {};

/**
 * As the editor sets a parameter: what equals its default is forgotten first (n8n 2.41.1).
 *
 * @param {Parameters} parameters
 * @param {Parameters} change
 */
function edited(parameters, change) {
	const set = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		false,
		false,
		{ ...node, parameters },
		trigger.description,
	);
	return runsWith({ ...set, ...change });
}

/** The properties that a person sees. @param {Parameters} set */
function shown(set) {
	const parameters = runsWith(set);
	return properties.filter((property) =>
		NodeHelpers.displayParameter(
			parameters,
			property,
			{ ...node, parameters },
			trigger.description,
		),
	);
}

/** @param {Parameters} set @param {string} name */
const shownOnce = (set, name) => {
	const found = shown(set).filter((property) => property.name === name);
	expect(found.length).toBeLessThanOrEqual(1);
	return found[0];
};

/** @param {string} events */
const choicesOf = (events) =>
	shownOnce({ events }, 'responseMode')?.options?.map(
		(option) => 'value' in option && option.value,
	);

describe('Fetch User Details', () => {
	const login = (/** @type {Parameters} */ set) => {
		const parameters = runsWith({ events: 'payment_event', ...set });
		return (trigger.description.credentials ?? [])
			.filter((each) =>
				NodeHelpers.displayParameter(
					parameters,
					each,
					{ ...node, parameters },
					trigger.description,
				),
			)
			.find(({ name }) => name === 'regpackApi');
	};

	test('is off, and only when it is on is a login shown and required', () => {
		expect(login({})).toBeUndefined();
		expect(login({ fetchUserDetails: false })).toBeUndefined();
		expect(login({ fetchUserDetails: true })).toMatchObject({ required: true });
	});

	test('is there for every event, and shows its fields only when it is on', () => {
		for (const { type: events } of regpack.events) {
			expect(shownOnce({ events }, 'fetchUserDetails')).toBeDefined();
			expect(shownOnce({ events }, 'userFields')).toBeUndefined();
			expect(shownOnce({ events, fetchUserDetails: true }, 'userFields')).toBeDefined();
		}
	});

	test('says what it costs', () => {
		expect(shownOnce({ events: 'payment_event' }, 'fetchUserDetails')?.description).toMatch(
			/one request for each person of an execution, and one more for the parent/,
		);
	});
});

describe('Respond', () => {
	test.each(REPLIED_TO)('offers Using Regpack Node for %s', (events) => {
		expect(choicesOf(events)).toEqual(['onReceived', 'lastNode', 'responseNode']);
	});

	test.each([...NEWS, ''])('does not offer it for "%s", to which no reply is read', (events) => {
		expect(choicesOf(events)).toEqual(['onReceived', 'lastNode']);
	});

	test.each([
		['the Regpack node', BEFORE, 'responseNode'],
		['n8n immediately', [...AFTER, ...OPENED, ...NEWS], 'onReceived'],
	])('leaves the answer to %s unless changed: %j', (_, events, responseMode) => {
		for (const event of events) expect(runsWith({ events: event }).responseMode).toBe(responseMode);
	});

	test.each([
		['user_complete', 'form_preprocess', 'responseNode'],
		['form_preprocess', 'user_complete', 'onReceived'],
		['form_preprocess', 'form_submit_*', 'onReceived'],
		['', 'form_preprocess_*', 'responseNode'],
	])(
		'takes the default of the new event when a person changes it from "%s" to %s',
		(from, to, responseMode) => {
			expect(edited(runsWith({ events: from }), { events: to }).responseMode).toBe(responseMode);
		},
	);
});

describe('the settings of the reply', () => {
	const FOR_REPLIES = ['withoutReply', 'messageWithoutReply', 'replySeconds'];
	/** @param {Parameters} set */
	const shownSettings = (set) => FOR_REPLIES.filter((name) => shownOnce(set, name));

	const WITH_ERROR = { responseMode: 'responseNode', withoutReply: 'error' };
	/** @type {[Parameters, string[]][]} */
	const cases = [
		[{ events: 'form_load_*', responseMode: 'responseNode' }, ['replySeconds']],
		[{ events: 'form_load_*', ...WITH_ERROR }, ['replySeconds']],
		[{ events: 'form_preprocess', responseMode: 'onReceived' }, []],
		[{ events: 'form_preprocess', ...WITH_ERROR, responseMode: 'lastNode' }, []],
	];
	for (const events of [...BEFORE, ...AFTER]) {
		cases.push(
			[{ events, responseMode: 'responseNode' }, ['withoutReply', 'replySeconds']],
			[{ events, ...WITH_ERROR }, FOR_REPLIES],
		);
	}
	for (const events of NEWS) cases.push([{ events }, []]);
	test.each(cases)('with %j is %j', (set, names) => {
		expect(shownSettings(set)).toEqual(names);
	});

	test('begins with letting forms pass, after ten seconds', () => {
		expect(runsWith({ events: 'form_preprocess' })).toMatchObject({
			withoutReply: 'pass',
			replySeconds: 10,
		});
	});
});

describe('the form ID is shown', () => {
	test.each(regpack.events.map(({ type }) => type))('with %s, if its name has a star', (events) => {
		expect(shownOnce({ events }, 'formId') !== undefined).toBe(events.endsWith('*'));
	});
});

describe('what a form gets without a reply', () => {
	/** As n8n would run it. @param {Parameters} set */
	const fallbackWith = (set) => fallbackOf(webhookContext({ parameters: runsWith(set) }).context);

	test.each([
		['nothing that stops it, unless the user wants it', {}, { body: {}, seconds: 10 }],
		[
			'an error by choice',
			{ withoutReply: 'error', messageWithoutReply: 'Later, please' },
			{ body: { msg: 'Later, please', msg_type: 'error' }, seconds: 10 },
		],
		[
			'the usual error',
			{ withoutReply: 'error' },
			{
				body: {
					msg: 'Your form could not be checked. Please try again in a few minutes.',
					msg_type: 'error',
				},
				seconds: 10,
			},
		],
		[
			'the usual error for one that was left empty',
			{ withoutReply: 'error', messageWithoutReply: ' ' },
			{
				body: {
					msg: 'Your form could not be checked. Please try again in a few minutes.',
					msg_type: 'error',
				},
				seconds: 10,
			},
		],
		['it sooner by choice', { replySeconds: 3 }, { body: {}, seconds: 3 }],
		['it after two minutes at the latest', { replySeconds: 1000 }, { body: {}, seconds: 120 }],
		['it in time although the number is none', { replySeconds: 'many' }, { body: {}, seconds: 10 }],
		['it in time although the number is 0', { replySeconds: 0 }, { body: {}, seconds: 10 }],
	])('%s', (_, set, expected) => {
		expect(fallbackWith({ events: 'form_preprocess', ...set })).toEqual(expected);
	});

	test('is no error for one that is being opened, which no error could stop', () => {
		expect(
			fallbackWith({ events: 'form_load_*', responseMode: 'responseNode', withoutReply: 'error' }),
		).toEqual({ body: {}, seconds: 10 });
	});

	test.each([
		...BEFORE.map((events) => ({ events, responseMode: 'onReceived' })),
		{ events: 'form_submit_*' },
		...NEWS.map((events) => ({ events, responseMode: 'responseNode' })),
	])('is of no concern with %j', (set) => {
		expect(fallbackWith(set)).toBeUndefined();
	});
});

describe('the trigger', () => {
	const parameters = {
		responseMode: 'responseNode',
		withoutReply: 'error',
		messageWithoutReply: 'Later, please',
		replySeconds: 0.05,
	};

	/** @param {Partial<import('../../webhookContext.mjs').Delivery>} delivery */
	async function received(delivery) {
		const { context, response } = webhookContext({
			source: regpackWebhooks,
			events: 'form_preprocess',
			parameters,
			body: '{"user_info":{},"meta_info":{}}',
			...delivery,
		});
		const result = await trigger.webhook.call(context);
		return { result, response };
	}

	test('has the form wait no longer than that', async () => {
		const { result, response } = await received({});
		expect(result.workflowData?.[0]).toHaveLength(1);
		expect(response.ended).toBe(false);
		await sleep(200);
		expect(response).toMatchObject({
			ended: true,
			statusCode: 200,
			body: { msg: 'Later, please', msg_type: 'error' },
		});
	});

	test('refuses a delivery as usual, since nothing was started that could reply', async () => {
		const { result, response } = await received({ body: 'no JSON' });
		expect(result).toEqual({ noWebhookResponse: true });
		expect(response).toMatchObject({
			ended: true,
			statusCode: 400,
			body: { message: 'The body is not JSON.' },
		});
	});

	test('lets a form continue at once when a filter drops its event', async () => {
		const { result } = await received({
			filters: { projects: ['1'] },
			body: '{"user_info":{"group_id":"2"},"meta_info":{}}',
		});
		expect(result).toEqual({ webhookResponse: {} });
	});
});
