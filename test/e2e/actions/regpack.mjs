import { Regpack } from '#dist/nodes/Regpack/Regpack.node.js';
import { EXAMPLES } from '../../integration/regpack/operations.mjs';
import { startNode } from '../../integration/regpack/node.mjs';

/**
 * How many items come out of those that put out several; the integration tests say of each
 * operation what it sends and what is in its first item.
 *
 * @type {Record<string, number>}
 */
const COUNTS = { 'user:getAll': 3 };

/** @type {import('./run.mjs').Provider} */
export const regpack = {
	label: 'Regpack',
	node: new Regpack(),
	trigger: {
		type: 'regpackTrigger',
		path: 'form_submit_777',
		parameters: { events: 'form_submit_*', formId: '777' },
	},
	event: {},
	// Regpack signs nothing.
	verified: {
		credential: { method: 'query', queryName: 'token' },
		explained: {
			parameters: {
				deliveryFrom: 'text',
				headersText: 'Content-Type: application/json',
				bodyText: '{"user_info":{}}',
				deliveryUrl: 'https://n8n.example.com/webhook/1/form_submit_777',
			},
			gives: [{ accepted: false, reason: expect.stringContaining('is not signed') }],
		},
	},
	async open() {
		const { ids, withLogin, requests, close } = await startNode();
		return {
			...withLogin({}),
			cases: {
				'event:getManySince': {
					parameters: {
						...{ selectEvents: 'here', events: ['user_added'], limit: 1 },
						since: '2020-01-01T00:00:00Z',
					},
					gives: [{ event: 'user_added', source: 'replay', person: { id: expect.any(String) } }],
					sends: [
						[
							'POST /users/',
							{
								...{ action: 'get_user_list', group_id: ids.project },
								doc: { first_name: true, last_name: true, main_email: true, with_excluded: true },
							},
						],
					],
				},
				...Object.fromEntries(
					Object.entries(EXAMPLES).map(([name, exampleOf]) => {
						const { parameters, sends, gives = { success: true } } = exampleOf(ids);
						const others = Array((COUNTS[name] ?? 1) - 1).fill({ cloginId: expect.any(String) });
						return [name, { parameters, sends, gives: [gives, ...others] }];
					}),
				),
			},
			written: () => requests().map(([request, body]) => [request, body]),
			close,
		};
	},
};
