import { respondProperty } from '#dist/nodes/shared/webhook/respond.js';
import { onResponse } from '#dist/nodes/shared/webhook/onResponse.js';
import { webhookContext } from '../../webhookContext.mjs';

const onAbort = () => {
	throw new Error('The sender is still there');
};

test('the status that n8n answers is reported once, and the answer still goes out', () => {
	const { context, response } = webhookContext({});
	/** @type {number[]} */
	const statuses = [];
	onResponse(context, { onEnd: (status) => statuses.push(status), onAbort });
	expect(statuses).toEqual([]);
	response.status(202).json({ message: 'Accepted.' });
	response.end();
	expect(statuses).toEqual([202]);
	expect(response).toMatchObject({ ended: true, body: { message: 'Accepted.' } });
});

test('all callbacks get the status', () => {
	const { context, response } = webhookContext({});
	/** @type {string[]} */
	const statuses = [];
	onResponse(context, { onEnd: (status) => statuses.push(`first ${status}`), onAbort });
	onResponse(context, { onEnd: (status) => statuses.push(`second ${status}`), onAbort });
	response.status(500).end();
	expect(statuses.sort()).toEqual(['first 500', 'second 500']);
});

test('a sender that leaves is reported, unless it was answered before', () => {
	const { context, response } = webhookContext({});
	/** @type {unknown[]} */
	const seen = [];
	onResponse(context, {
		onEnd: (status) => seen.push(status),
		onAbort: () => seen.push('gone'),
	});
	response.emit('close');
	expect(seen).toEqual(['gone']);
	response.end();
	expect(seen).toEqual(['gone', 200]);

	const answered = webhookContext({});
	onResponse(answered.context, { onEnd: () => {}, onAbort });
	answered.response.end();
	answered.response.emit('close');
});

test("a provider's own node is offered, by its name, only where it can reply", () => {
	const offered = (/** @type {string} */ replyingNode) =>
		respondProperty('Unknown', replyingNode).options?.map(
			(option) => 'value' in option && [option.value, option.name],
		);
	const both = [
		['onReceived', 'Immediately'],
		['lastNode', 'When Last Node Finishes'],
	];
	expect(respondProperty('Unknown').options).toHaveLength(both.length);
	expect(offered('Regpack')).toEqual([...both, ['responseNode', 'Using Regpack Node']]);
});
