import { readFileSync } from 'node:fs';
import { events } from '#dist/nodes/Regpack/events/definitions.js';
import { outputOf } from '../host/executions.mjs';
import { deliver as post } from '../providers/shared/deliver.mjs';
import {
	entered,
	failing,
	formReply,
	idle,
	secretInQuery,
	trigger,
	waiting,
	workflowOf,
} from './regpack.mjs';
import { openStage } from './stage.mjs';

const sampleOf = (/** @type {string} */ type) =>
	structuredClone(/** @type {any} */ (events.find((event) => event.type === type)).sample);

/** @type {import('./stage.mjs').Stage} */
let stage;
/** @type {import('../host/workflow.mjs').Credential} */
let credential;

beforeAll(async () => {
	stage = await openStage({ editor: false });
	credential = await secretInQuery(stage.n8n.client);
});

afterAll(async () => {
	await stage?.close();
});

/** Publishes chains of nodes. @param {import('./regpack.mjs').Draft[][]} chains */
async function published(...chains) {
	const { client } = stage.n8n;
	const workflow = await client.createWorkflow(workflowOf(credential, chains));
	const urls = await client.publish(workflow);
	return { ...workflow, urls, url: entered(urls['Regpack Trigger']) };
}

/**
 * Delivers as Regpack does, and tells what its form would read.
 *
 * @param {string} url
 * @param {unknown} body
 * @param {import('../providers/shared/deliver.mjs').Extras} [options]
 */
async function asked(url, body = sampleOf('form_preprocess_*'), options = {}) {
	const { status, text } = await post(url, body, options);
	return { status, reply: text === '' ? '' : JSON.parse(text) };
}

const preprocess = { events: 'form_preprocess_*', formId: '12345' };

describe('a form that waits before it is processed', () => {
	it.each([
		[
			'is stopped and refocused',
			{ reply: 'stop', message: 'Please give a guardian phone number', focusOn: 'guardian_phone' },
			{ msg: 'Please give a guardian phone number', focus_on: 'guardian_phone', msg_type: 'error' },
		],
		[
			'shows a message',
			{ reply: 'message', message: 'Nearly full', messageType: 'warning' },
			{ msg: 'Nearly full', msg_type: 'warning' },
		],
		[
			'is filled in',
			{
				reply: 'fill',
				fields: { field: [{ name: 'membership_level', value: 'Gold' }] },
				messageWithIt: 'Level filled in for you',
			},
			{
				jdoc: { membership_level: 'Gold' },
				msg: 'Level filled in for you',
				msg_type: 'information',
			},
		],
		[
			'is redirected',
			{ reply: 'redirect', redirectUrl: 'https://www.example.com/next' },
			{ redirect: 'https://www.example.com/next' },
		],
		['passes', { reply: 'pass' }, {}],
	])('%s', async (_name, parameters, expected) => {
		const { url } = await published([trigger(preprocess), formReply(parameters)]);
		expect(await asked(url)).toEqual({ status: 200, reply: expected });
	});

	it.each([
		['passes when the workflow fails', {}, [failing], {}],
		['passes when the workflow ends without a reply', {}, [idle], {}],
		[
			'passes when the workflow takes too long',
			{ replySeconds: 1 },
			[waiting(4), formReply({ reply: 'stop', message: 'Too late' })],
			{},
		],
		[
			'is stopped instead by choice, when the workflow fails',
			{ withoutReply: 'error', messageWithoutReply: 'Try again' },
			[failing],
			{ msg: 'Try again', msg_type: 'error' },
		],
		[
			'is stopped instead by choice, when there is no reply',
			{ withoutReply: 'error', messageWithoutReply: 'Try again' },
			[idle],
			{ msg: 'Try again', msg_type: 'error' },
		],
		[
			'is stopped instead by choice, when it takes too long',
			{ withoutReply: 'error', messageWithoutReply: 'Try again', replySeconds: 1 },
			[waiting(4)],
			{ msg: 'Try again', msg_type: 'error' },
		],
	])('%s', async (_name, parameters, rest, expected) => {
		const { url, id } = await published([trigger({ ...preprocess, ...parameters }), ...rest]);
		expect(await asked(url)).toEqual({ status: 200, reply: expected });
		// Whatever n8n still has to answer afterwards must harm nobody.
		await stage.n8n.client.waitForExecutions(id);
		expect((await asked(url)).reply).toEqual(expected);
	});

	it('that has gone on without a reply leaves nothing that troubles n8n', () => {
		const log = readFileSync(stage.n8n.logFile, 'utf8');
		expect(log).toContain('No reply to a delivery: the workflow took more than 1 s.');
		expect(log).not.toMatch(/Error in handling webhook request|ERR_HTTP_HEADERS_SENT|unhandled/i);
	});

	it('is not kept from being asked again with the same values', async () => {
		const { url } = await published([
			trigger({ ...preprocess, settings: { skipDuplicates: true } }),
			formReply({ reply: 'message', message: 'Again', messageType: 'information' }),
		]);
		for (let round = 0; round < 3; round++)
			expect((await asked(url)).reply).toEqual({ msg: 'Again', msg_type: 'information' });
	});

	it('of an event that nobody waits at is answered at once, even if the reply of a node is left over in Respond', async () => {
		const { url, id } = await published([
			trigger({ events: 'user_registered', responseMode: 'responseNode' }),
			waiting(10),
		]);
		expect((await asked(url)).status).toBe(200);
		const [{ status }] = await stage.n8n.client.executions(id);
		expect(['new', 'running']).toContain(status);
		await stage.n8n.client.waitForExecutions(id, { status: 'success' });
	});

	it('gets nothing to act on when nobody replies, as for every other event', async () => {
		const { url } = await published([trigger({ ...preprocess, responseMode: 'onReceived' }), idle]);
		expect(await asked(url)).toEqual({ status: 200, reply: {} });
	});

	it('refuses a reply that cannot be, with the rule, and passes', async () => {
		const { url, id } = await published([
			trigger(preprocess),
			formReply({
				reply: 'fill',
				fields: { field: [{ name: 'a', value: 'b' }] },
				messageWithIt: 'No',
				messageType: '={{ "error" }}',
			}),
		]);
		expect((await asked(url)).reply).toEqual({});
		const [{ id: executionId }] = await stage.n8n.client.waitForExecutions(id, { status: 'error' });
		expect(
			(await stage.n8n.client.execution(executionId)).data.resultData.error?.message,
		).toContain('An error and new field values cannot go together');
	});

	it('gets a reply of the right moment only', async () => {
		const { url, id } = await published([
			trigger({ events: 'form_submit_*', formId: '1', responseMode: 'responseNode' }),
			formReply({ reply: 'stop', message: 'No' }),
		]);
		expect((await asked(url)).reply).toEqual({});
		const [{ id: executionId }] = await stage.n8n.client.waitForExecutions(id, { status: 'error' });
		expect((await stage.n8n.client.execution(executionId)).data.resultData.error?.message).toBe(
			'This reply does not match the event form_submit_*',
		);
	});
});

describe('all events', () => {
	it('arrive in one workflow, each at the URL of its own trigger', async () => {
		const chains = events.map(({ type }) => [
			trigger({ events: type, formId: '12345', responseMode: 'onReceived' }, `On ${type}`),
			{ ...idle, name: `After ${type}` },
		]);
		const { id, urls } = await published(...chains);
		expect(new Set(Object.values(urls)).size).toBe(events.length);
		for (const { type } of events) {
			const url = entered(urls[`On ${type}`]);
			expect({ type, ...(await asked(url, sampleOf(type))) }).toEqual({
				type,
				status: 200,
				reply: {},
			});
		}
		const executions = await stage.n8n.client.waitForExecutions(id, {
			count: events.length,
			status: 'success',
		});
		/** @type {Record<string, any[]>} */
		const seen = {};
		for (const { id: executionId } of executions) {
			const execution = await stage.n8n.client.execution(executionId);
			const [after] = Object.keys(execution.data.resultData.runData).filter((name) =>
				name.startsWith('After'),
			);
			seen[after.slice('After '.length)] = outputOf(execution, after);
		}
		expect(Object.keys(seen).sort()).toEqual(events.map(({ type }) => type).sort());
		for (const [type, items] of Object.entries(seen)) {
			expect(items).toHaveLength(type === 'status_update' ? 2 : 1);
			expect(items[0]).toMatchObject({
				provider: 'regpack',
				event: type,
				registration: { project: '100000001' },
				payload: { meta_info: { total_order: '120.00' } },
			});
			expect(items[0].registration.form).toBe(type.endsWith('*') ? '12345' : null);
		}
	});
});

describe('a delivery', () => {
	const payload = sampleOf('user_complete');
	const form = new URLSearchParams(
		Object.entries(payload).map(([name, value]) => [name, JSON.stringify(value)]),
	);

	it.each([
		['as JSON', {}, JSON.stringify(payload), {}],
		[
			'as a form with JSON in its fields',
			{},
			form.toString(),
			{ 'content-type': 'application/x-www-form-urlencoded' },
		],
		[
			'as JSON that calls itself a form',
			{},
			JSON.stringify(payload),
			{ 'content-type': 'application/x-www-form-urlencoded' },
		],
	])('%s makes the same item', async (_name, parameters, body, headers) => {
		const { url, id } = await published([
			trigger({ events: 'user_complete', ...parameters }),
			idle,
		]);
		expect((await asked(url, body, { headers })).status).toBe(200);
		const [{ id: executionId }] = await stage.n8n.client.waitForExecutions(id, {
			status: 'success',
		});
		const [item] = outputOf(await stage.n8n.client.execution(executionId), 'Nothing');
		expect(item).toMatchObject({
			person: { email: 'ada.sample@example.com', firstName: 'Ada', id: '200001' },
			payload,
		});
	});

	it('in parts is read without its files', async () => {
		const { id, url } = await published([trigger({ events: 'user_complete' }), idle]);
		const form = new FormData();
		form.append('user_info[first_name]', 'Zoë');
		form.append('user_info[tags][]', 'one & two');
		form.append('user_info[tags][]', 'two\r\nlines');
		form.append('meta_info', '{"a":[1]}');
		form.append('cv', new File(['%PDF'], 'cv.pdf', { type: 'application/pdf' }));
		const answer = await fetch(url, { method: 'POST', body: form });
		expect([answer.status, await answer.text()]).toEqual([200, '{}']);
		const [{ id: executionId }] = await stage.n8n.client.waitForExecutions(id);
		const [item] = outputOf(await stage.n8n.client.execution(executionId), 'Regpack Trigger');
		expect(item.payload).toEqual({
			user_info: { first_name: 'Zoë', tags: ['one & two', 'two\r\nlines'] },
			meta_info: { a: [1] },
		});
	});

	it('by GET is read from the query, without the secret', async () => {
		const { url, id } = await published([
			trigger({ events: 'user_complete', settings: { httpMethod: 'GET' } }),
			idle,
		]);
		expect((await fetch(`${url}&${form}`)).status).toBe(200);
		const [{ id: executionId }] = await stage.n8n.client.waitForExecutions(id, {
			status: 'success',
		});
		const [item] = outputOf(await stage.n8n.client.execution(executionId), 'Nothing');
		expect(item.payload).toEqual(payload);
	});

	it('without the secret is refused', async () => {
		const { urls, id } = await published([trigger({ events: 'user_complete' }), idle]);
		expect(await asked(urls['Regpack Trigger'], payload)).toEqual({
			status: 401,
			reply: { message: 'The secret is missing.' },
		});
		expect(await stage.n8n.client.executions(id)).toEqual([]);
	});

	it.each([
		['runs again when it comes again, since nothing tells it from a new event', {}, 2],
		['runs once by choice, within the window', { settings: { skipDuplicates: true } }, 1],
	])('%s', async (_name, parameters, runs) => {
		const { url, id } = await published([
			trigger({ events: 'login_success', ...parameters }),
			idle,
		]);
		for (let round = 0; round < 2; round++)
			expect((await asked(url, sampleOf('login_success'))).status).toBe(200);
		await stage.n8n.client.waitForExecutions(id, { count: runs });
		expect(await stage.n8n.client.executions(id)).toHaveLength(runs);
	});
});
