import { excerpt, webhookStatus } from '#dist/nodes/JobAffinity/resources/webhook/status.js';

/**
 * Calls of these statuses, the newest first, a minute from each other.
 *
 * @param {unknown[]} statuses
 */
const callsOf = (statuses) =>
	statuses.map((response_status, index) => ({
		event: 'ProcessStepChange',
		datetime: `2026-03-05 14:${String(59 - index).padStart(2, '0')}:00`,
		response_status: /** @type {any} */ (response_status),
		response_body: `body of ${response_status}`,
		application: { _self: `/restapi/v1/application/${index}` },
	}));

/** @param {unknown[]} statuses @param {number} [suspensionThreshold] */
const judged = (statuses, suspensionThreshold = 5) =>
	/** @type {any} */ (webhookStatus(callsOf(statuses), suspensionThreshold));

describe('judging the health of webhooks', () => {
	it('counts what failed, and shows the newest failure', () => {
		expect(judged([200, 404, 500, 204])).toMatchObject({
			calls: 4,
			failures: 2,
			failureRate: 0.5,
			lastCallAt: '2026-03-05 14:59:00',
			lastFailure: {
				datetime: '2026-03-05 14:58:00',
				status: 404,
				body: 'body of 404',
				applicationLink: '/restapi/v1/application/1',
			},
			consecutiveFailures: 0,
			likelySuspended: false,
		});
		expect(judged([500, 200, 200])).toMatchObject({ failureRate: 0.3333 });
	});

	it.each([
		[[500, 502, 503, 504, 599], 5, 5, true],
		[[500, 500, 500, 500], 5, 4, false],
		[[500, 500, 500, 500, 200, 500], 5, 4, false],
		[[200, 500, 500, 500, 500, 500], 5, 0, false],
		[[500, 500, 500, 500, 404], 5, 5, false],
		[[0, 500, 500, 500, 500, 500], 5, 6, false],
		[[500, 200], 1, 1, true],
		[[500, 500], 0, 2, true],
		[[200], 0, 0, false],
		[[404, 404, 404, 404, 404, 404], 5, 6, false],
	])(
		'%j with %i in a row',
		(statuses, suspensionThreshold, consecutiveFailures, likelySuspended) => {
			expect(judged(statuses, suspensionThreshold)).toMatchObject({
				consecutiveFailures,
				likelySuspended,
			});
		},
	);

	it('judges the newest calls, in whichever order they came', () => {
		const calls = callsOf([500, 500, 200, 200]);
		expect(webhookStatus([...calls].reverse(), 2)).toEqual(webhookStatus(calls, 2));
	});

	it('is not misled by calls that are a second out of order', () => {
		const [first, second, ...rest] = callsOf([500, 500, 200, 200]);
		expect(webhookStatus([second, first, ...rest], 2)).toMatchObject({ likelySuspended: true });
	});

	it.each([undefined, null, '', 0, 'none'])(
		'counts a call with the status %s as failed',
		(status) => {
			expect(judged([status])).toMatchObject({
				failures: 1,
				likelySuspended: false,
				lastFailure: { status: 0 },
			});
		},
	);

	it('accepts an empty call', () => {
		expect(webhookStatus([{}], 5)).toMatchObject({
			calls: 1,
			lastCallAt: null,
			lastFailure: { datetime: null, status: 0, body: '', applicationLink: null },
		});
	});

	it('does not change what it was given', () => {
		const calls = callsOf([500, 200]).reverse();
		const before = structuredClone(calls);
		webhookStatus(calls, 5);
		expect(calls).toEqual(before);
	});
});

describe('the summary of it', () => {
	it.each([
		[
			'no calls',
			[],
			/^The history contains no calls\. .* send the Production URL of the trigger to support@intuition-software\.fr\.$/,
		],
		[
			'one success',
			[200],
			/^Webhooks work: the newest call succeeded\. This is about all webhooks of the account, /,
		],
		[
			'nothing but success',
			[200, 201, 299],
			/^Webhooks work: the newest 3 calls succeeded\. This is about all webhooks of the account, /,
		],
		[
			'success again',
			[200, 404, 500],
			/^Webhooks work again: .* 2 of 3 did not, the last at 2026-03-05 14:58:00\. .*Failed Only/,
		],
		[
			'no answer',
			[0, 200],
			/^Webhooks do not work: the newest call did not succeed\. No response .*30 seconds\. Step Change: Get Many/,
		],
		['rejected authentication', [401], /compare the credential of the trigger/],
		['rejected authentication', [403], /compare the credential of the trigger/],
		[
			'nobody listening',
			[404, 404],
			/the newest 2 calls did not succeed\. Nothing listens .* publish the workflow/,
		],
		['nobody listening any more', [410], /publish the workflow/],
		['a redirect', [301], /The address redirects/],
		['a broken receiver', [500], /check their logs\. Step Change/],
		['something else', [413], /Check lastFailure/],
		[
			'a suspension',
			[500, 500, 500, 500, 500],
			/^JobAffinity may have suspended its calls, as the responses to the newest 5 calls were 5xx\. .*check their logs\. Then ask support@intuition-software\.fr to resume them\. Step Change: Get Many with Since ID/,
		],
	])('says what to do after %s', (_, statuses, sentence) => {
		const { summary } = judged(statuses);
		expect(summary).toMatch(sentence);
		expect(summary).toMatch(/^[A-Z].*\.$/);
		expect(summary).not.toMatch(/undefined|null|\b(error|problem|failure|mistake)s?\b/i);
	});
});

describe('the excerpt of an answer', () => {
	it('is its first 300 characters', () => {
		expect(excerpt('a'.repeat(400))).toBe('a'.repeat(300));
	});

	it.each([
		['{"status":"received"}', '{"status":"received"}'],
		['Why? Nobody knows.', 'Why? Nobody knows.'],
		[
			'The requested webhook "POST b8a1" is not registered.',
			'The requested webhook "POST b8a1" is not registered.',
		],
		['Authorization: Basic am9iOnMzY3JldA==', 'Authorization: Basic hidden'],
		['bearer eyJhbGciOi.s3cret-_', 'bearer hidden'],
		['at https://job:s3cret@n8n.example.com/webhook', 'at https://hidden@n8n.example.com/webhook'],
		['GET /webhook/abc?token=s3cret&a=s3cret not found', 'GET /webhook/abc?hidden not found'],
		['{"token":"s3cret","a":1}', '{"token":"hidden","a":1}'],
		['{"apiKey": "s3cret"}', '{"apiKey": "hidden"}'],
		['password = s3cret, next', 'password = hidden, next'],
		["{'client_secret':'s3cret'}", "{'client_secret':'hidden'}"],
	])('contains no secret: %s', (given, shown) => {
		expect(excerpt(given)).toBe(shown);
	});

	it('contains no part of a secret that it cuts off', () => {
		expect(excerpt(`${'a'.repeat(280)} Bearer s3cret-s3cret-s3cret-s3cret`)).not.toContain(
			's3cret',
		);
	});
});
