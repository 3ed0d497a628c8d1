import { expectShape } from '../outputs.mjs';
import { GENERATIONS, REFUSALS, withNode } from './emptyAccount.mjs';

/**
 * A moment of the history, which is told in the zone of Paris.
 *
 * @param {number} number
 * @param {number} [every]
 */
const at = (number, every = 1000) => Date.parse('2026-03-05T13:00:00Z') + number * every;

/**
 * A history of calls, the oldest first.
 *
 * @param {import('./emptyAccount.mjs').Started} started
 * @param {number} count
 * @param {(number: number) => { status?: number, event?: string, body?: string }} [differing]
 * @param {number} [every] milliseconds from each to the next
 */
function history({ provider }, count, differing = () => ({}), every = 1000) {
	for (let number = 0; number < count; number++) {
		const {
			status = 200,
			event = 'ProcessStepChange',
			body = '{"status":"received"}',
		} = differing(number);
		provider.account.recordTask({
			event,
			at: at(number, every),
			response_status: status,
			response_body: body,
			applicationId: 41001,
		});
	}
}

/** @param {{ datetime: string }[]} calls */
const times = (calls) => calls.map(({ datetime }) => datetime.slice(11));

describe.each(GENERATIONS)('the calls to webhooks, %s generation', (generation) => {
	it('come as JobAffinity gives them, with whether they failed', () =>
		withNode(
			async (started) => {
				const statuses = [200, 204, 0, 302, 404, 500];
				history(started, statuses.length, (number) => ({ status: statuses[number] }));
				const { json, output } = await started.run('webhookCall:getAll');
				expectShape('JobAffinity', 'webhookCall:getAll', json);
				expect(json.map(({ response_status, failed }) => [response_status, failed])).toEqual([
					...[500, 404, 302, 0].map((status) => [status, true]),
					...[204, 200].map((status) => [status, false]),
				]);
				expect(json[5]).toEqual({
					event: 'ProcessStepChange',
					datetime: '2026-03-05 14:00:00',
					response_status: 200,
					response_body: '{"status":"received"}',
					application: { _self: '/restapi/v1/application/41001' },
					failed: false,
				});
				expect(output.map(({ pairedItem }) => pairedItem)).toEqual(Array(6).fill({ item: 0 }));
			},
			{ generation },
		));

	it('show no secret that an answer repeats', () =>
		withNode(
			async (started) => {
				const body =
					'<p>No such page: https://jofi:s3cret@n8n.example.com/webhook/1?token=s3cret</p>';
				history(started, 1, () => ({ status: 404, body }));
				const { json } = await started.run('webhookCall:getAll');
				expect(json[0].response_body).toBe(
					'<p>No such page: https://hidden@n8n.example.com/webhook/1?hidden</p>',
				);
			},
			{ generation },
		));

	it('are 1,000 in exactly ten requests', () =>
		withNode(
			async (started) => {
				history(started, 1000);
				const { json, hints } = await started.run('webhookCall:getAll', { returnAll: true });
				expect(json).toHaveLength(1000);
				expect(new Set(times(json)).size).toBe(1000);
				expect(times(json)).toEqual(times(json).sort().reverse());
				expect(hints).toEqual([]);
				expect(started.requests()).toHaveLength(10);
			},
			{ generation },
		));

	it('are 30 in one request', () =>
		withNode(
			async (started) => {
				history(started, 1000);
				expect((await started.run('webhookCall:getAll', { limit: 30 })).json).toHaveLength(30);
				expect(started.requests()).toEqual(['GET /restapi/v1/webhook/task?limit=30']);
			},
			{ generation },
		));
});

describe('the calls that failed', () => {
	it('are read only as far as Limit needs', () =>
		withNode(async (started) => {
			// Of each 100 the newest 10 failed.
			history(started, 1000, (number) => ({ status: number % 100 >= 90 ? 503 : 200 }));
			const { json } = await started.run('webhookCall:getAll', {
				limit: 25,
				filters: { failedOnly: true },
			});
			expect(json).toHaveLength(25);
			expect(json.every(({ failed }) => failed)).toBe(true);
			expect(started.requests()).toHaveLength(3);
			for (const request of started.requests()) expect(request).toContain('limit=100');
		}));

	it('end with the page that fills Limit', () =>
		withNode(async (started) => {
			history(started, 300, (number) => ({ status: number % 100 >= 90 ? 503 : 200 }));
			expect(
				(await started.run('webhookCall:getAll', { limit: 10, filters: { failedOnly: true } }))
					.json,
			).toHaveLength(10);
			expect(started.requests()).toHaveLength(1);
		}));

	it('are those without a status as well', () =>
		withNode(async ({ provider, run }) => {
			const items = [
				{ event: 'a' },
				{ response_status: null },
				{ response_status: 0 },
				{ response_status: '204' },
				{ response_status: 199 },
			];
			provider.fail({ match: 'GET', status: 200, body: { _status: 'OK', items } });
			const { json } = await run('webhookCall:getAll', { filters: { failedOnly: true } });
			expect(json).toEqual(
				[items[0], items[1], items[2], items[4]].map((item) => ({ ...item, failed: true })),
			);
		}));

	it('are all when the filter is off', () =>
		withNode(async (started) => {
			history(started, 3);
			expect(
				(
					await started.run('webhookCall:getAll', {
						filters: { failedOnly: false, event: '', since: '' },
					})
				).json,
			).toHaveLength(3);
			expect(started.requests()).toEqual(['GET /restapi/v1/webhook/task?limit=50']);
		}));
});

test('the calls about one event', () =>
	withNode(async (started) => {
		history(started, 4, (number) => ({ event: number % 2 ? 'ProcessStepChange' : 'Other' }));
		const { json } = await started.run('webhookCall:getAll', {
			filters: { event: ' ProcessStepChange ' },
		});
		expect(times(json)).toEqual(['14:00:03', '14:00:01']);
	}));

describe('the calls since a time', () => {
	it.each([
		['2026-03-05 14:00:02', 2],
		['2026-03-05T14:00:02', 2],
		['2026-03-05T14:00:02.999', 2],
		['2026-03-05T14:00:02+05:00', 2],
		['2026-03-05T14:00:02.000Z', 2],
		['2026-03-05T14:00', 4],
		['2026-03-05', 4],
		['2026-03-06', 0],
	])('%s, compared as it is written', (since, count) =>
		withNode(async (started) => {
			history(started, 4);
			const { json } = await started.run('webhookCall:getAll', { filters: { since } });
			expect(times(json)).toEqual(['14:00:03', '14:00:02', '14:00:01', '14:00:00'].slice(0, count));
		}),
	);

	it('from an expression that gives a time of n8n', () =>
		withNode(async (started) => {
			history(started, 4);
			const since = "={{ DateTime.fromISO('2026-03-05T14:00:02', { zone: 'Europe/Paris' }) }}";
			expect(times((await started.run('webhookCall:getAll', { filters: { since } })).json)).toEqual(
				['14:00:03', '14:00:02'],
			);
		}));

	it('are read up to the first page that is older by the hour that clocks are set back', () =>
		withNode(async (started) => {
			history(started, 1000, undefined, 60_000);
			const { json } = await started.run('webhookCall:getAll', {
				returnAll: true,
				filters: { since: '2026-03-06 04:10:00' },
			});
			expect(json).toHaveLength(150);
			expect(started.requests()).toHaveLength(4);
		}));

	it.each(/** @type {const} */ (['newest', 'oldest']))(
		'include those of both hours when clocks are set back, listed %s first',
		(taskOrder) =>
			withNode(
				async ({ provider, run }) => {
					// From 02:20 in summer time to 02:59 in winter time.
					for (let minute = 0; minute < 100; minute++) {
						const call = {
							event: 'ProcessStepChange',
							response_status: 503,
							response_body: '',
							applicationId: 41001,
						};
						for (const second of [0, 20])
							provider.account.recordTask({
								...call,
								at: Date.parse('2026-10-25T00:20:00Z') + minute * 60_000 + second * 1000,
							});
					}
					const { json } = await run('webhookCall:getAll', {
						returnAll: true,
						filters: { since: '2026-10-25 02:50:00' },
					});
					expect(json).toHaveLength(40);
				},
				{ taskOrder },
			),
	);

	it('are read to the end when JobAffinity gives the oldest first', () =>
		withNode(async ({ provider, run, requests }) => {
			const pages = [
				['01', '02'],
				['03', '04'],
				['05', '06'],
			];
			for (const [number, seconds] of pages.entries()) {
				const items = seconds.map((second) => ({ datetime: `2026-03-05 14:00:${second}` }));
				const _next = number < 2 ? `/restapi/v1/webhook/task?pagecursor=${number}` : '';
				provider.fail({ match: 'GET', status: 200, body: { _status: 'OK', items, _next } });
			}
			const { json } = await run('webhookCall:getAll', {
				returnAll: true,
				filters: { since: '2026-03-05 14:00:05' },
			});
			expect(times(json)).toEqual(['14:00:05', '14:00:06']);
			expect(requests()).toHaveLength(3);
		}));

	it('include those without a time', () =>
		withNode(async ({ provider, run }) => {
			provider.fail({
				match: 'GET',
				status: 200,
				body: { _status: 'OK', items: [{ event: 'a' }] },
			});
			expect(
				(await run('webhookCall:getAll', { filters: { since: '2026-03-05' } })).json,
			).toHaveLength(1);
		}));

	it('are refused when it is not a time', () =>
		withNode(async ({ refused, requests }) => {
			const { message } = await refused('webhookCall:getAll', {
				filters: { since: '={{ "yesterday" }}' },
			});
			expect(message).toBe('Since is not a date and time');
			expect(requests()).toEqual([]);
		}));
});

describe.each(GENERATIONS)('the health of webhooks, %s generation', (generation) => {
	it('covers the newest 200 calls, in two requests', () =>
		withNode(
			async (started) => {
				history(started, 1000, (number) => ({
					status: number === 900 ? 404 : number < 700 ? 500 : 200,
				}));
				const { json, output } = await started.run('webhook:getStatus');
				expectShape('JobAffinity', 'webhook:getStatus', json);
				expect(output).toEqual([
					{
						json: {
							calls: 200,
							failures: 1,
							failureRate: 0.005,
							lastCallAt: '2026-03-05 14:16:39',
							lastFailure: {
								datetime: '2026-03-05 14:15:00',
								status: 404,
								body: '{"status":"received"}',
								applicationLink: '/restapi/v1/application/41001',
							},
							consecutiveFailures: 0,
							likelySuspended: false,
							summary: expect.stringMatching(/^Webhooks work again: .* 1 of 200 /),
						},
						pairedItem: { item: 0 },
					},
				]);
				expect(started.requests()).toHaveLength(2);
			},
			{ generation },
		));

	it('reports that calls may be suspended', () =>
		withNode(
			async (started) => {
				history(started, 10, (number) => ({ status: number > 4 ? 503 : 200 }));
				expect((await started.run('webhook:getStatus')).json).toMatchObject([
					{ consecutiveFailures: 5, likelySuspended: true },
				]);
				expect(
					(await started.run('webhook:getStatus', { suspensionThreshold: 6 })).json,
				).toMatchObject([{ likelySuspended: false }]);
				expect((await started.run('webhook:getStatus', { callsToCheck: 4 })).json).toMatchObject([
					{ calls: 4, likelySuspended: false },
				]);
				expect(started.requests().at(-1)).toBe('GET /restapi/v1/webhook/task?limit=4');
			},
			{ generation },
		));
});

describe('the health of webhooks', () => {
	it('is unknown when there were no calls', () =>
		withNode(async ({ run }) => {
			const { json } = await run('webhook:getStatus');
			expectShape('JobAffinity', 'webhook:getStatus', json);
			expect(json).toMatchObject([
				{
					calls: 0,
					failures: 0,
					failureRate: null,
					lastCallAt: null,
					lastFailure: null,
					likelySuspended: false,
				},
			]);
		}));

	it('matches what happened between JobAffinity and a broken receiver', () =>
		withNode(async ({ provider, run }) => {
			provider.webhooks.configure({
				url: `${provider.origin}/nothing-here`,
				retries: [0, 0],
				timeoutMs: 1000,
			});
			provider.account.apply();
			await provider.webhooks.flush();
			const { json } = await run('webhook:getStatus');
			expect(json).toMatchObject([
				{
					calls: expect.any(Number),
					failureRate: 1,
					likelySuspended: false,
					summary: expect.stringMatching(/^Webhooks do not work: /),
				},
			]);
		}));

	it('says that the newest calls may not be among those it looked at', () =>
		withNode(async ({ provider, run }) => {
			const items = ['01', '02'].map((second) => ({
				datetime: `2026-03-05 14:00:${second}`,
				response_status: 200,
			}));
			provider.fail({
				match: 'GET',
				status: 200,
				body: { _status: 'OK', items, _next: '/restapi/v1/webhook/task?pagecursor=1' },
			});
			const { json, hints } = await run('webhook:getStatus', { callsToCheck: 2 });
			expect(json).toMatchObject([{ lastCallAt: '2026-03-05 14:00:02' }]);
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringContaining('these may not be the newest'),
			]);
		}));
});

describe.each(['webhookCall:getAll', 'webhook:getStatus'])('%s', (name) => {
	it.each(REFUSALS)('is reported with $status', ({ status, message, description }) =>
		withNode(async ({ provider, refused }) => {
			provider.fail({ match: 'GET /restapi/v1/webhook/task', status });
			expect(await refused(name)).toMatchObject({
				message: expect.stringMatching(message),
				description: expect.stringMatching(description),
			});
		}),
	);

	it('reports what JobAffinity does not accept', () =>
		withNode(async ({ provider, refused }) => {
			const body = {
				_status: 'INVALID',
				invalid: { limit: { code: null, message: 'Must be less' } },
			};
			provider.fail({ match: 'GET', status: 200, body });
			expect(await refused(name)).toMatchObject({
				message: 'JobAffinity did not accept the request: limit: Must be less',
			});
		}));

	it('says so when the pages lead in a circle, and gives what it read', () =>
		withNode(async (started) => {
			const items = [{ datetime: '2026-03-05 14:00:00', response_status: 200 }];
			const body = { _status: 'OK', items, _next: '/restapi/v1/webhook/task?pagecursor=7' };
			started.provider.fail({ match: 'GET', status: 200, body, times: Infinity });
			const { json, hints } = await started.run(name, { returnAll: true });
			expect(json.length).toBeGreaterThan(0);
			expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('in a circle')]);
			expect(started.requests()).toHaveLength(2);
		}));
});
