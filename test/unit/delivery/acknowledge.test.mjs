import { built } from '../built.mjs';
import { webhookContext } from '../webhookContext.mjs';

/** @type {typeof import('../../../nodes/delivery/acknowledge.js')} */
const { acknowledgeProperty, onAnswered } = built('./delivery/acknowledge.js');

test('the status that n8n answers is told once, and the answer still goes out', () => {
	const { context, response } = webhookContext({});
	/** @type {number[]} */
	const statuses = [];
	onAnswered(context, (status) => statuses.push(status));
	expect(statuses).toEqual([]);
	response.status(202).json({ message: 'Accepted.' });
	response.end();
	expect(statuses).toEqual([202]);
	expect(response).toMatchObject({ ended: true, body: { message: 'Accepted.' } });
});

test('all who ask are told', () => {
	const { context, response } = webhookContext({});
	/** @type {string[]} */
	const told = [];
	onAnswered(context, (status) => told.push(`first ${status}`));
	onAnswered(context, (status) => told.push(`second ${status}`));
	response.status(500).end();
	expect(told.sort()).toEqual(['first 500', 'second 500']);
});

test('using a node is offered only to providers whose own node replies', () => {
	const offered = (/** @type {any[]} */ ...rest) => acknowledgeProperty('Unknown', ...rest).options?.map((option) => 'value' in option && option.value);
	expect(offered()).toEqual(['onReceived', 'lastNode']);
	expect(offered(['onReceived', 'responseNode'])).toEqual(['onReceived', 'responseNode']);
});
