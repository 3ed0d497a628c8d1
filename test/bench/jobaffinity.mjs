/**
 * What JobAffinity's API costs: requests for a long history, the time that its limit of 45 requests
 * a minute leaves to many applications, and what is read into memory where Limit says how much is
 * wanted. `npm run bench:jobaffinity`.
 */
import { request } from 'undici';
import { getAll } from '#dist/nodes/JobAffinity/resources/webhookCall/getAll.js';
import { RateLimiter } from '#dist/nodes/shared/http/rateLimiter.js';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { report } from './measure.mjs';

/**
 * What an operation sees of n8n.
 *
 * @param {Awaited<ReturnType<typeof startJobAffinity>>} ja
 * @param {Record<string, unknown>} parameters
 * @param {(bytes: number) => void} onRead
 */
function contextFor({ base, login }, parameters, onRead) {
	const authorization = `Basic ${Buffer.from(`${login.login}:${login.password}`).toString('base64')}`;
	const context = {
		getNode: () => ({ name: 'JobAffinity', type: 'jobAffinity' }),
		getCredentials: async () => ({ baseUrl: base }),
		getNodeParameter: (
			/** @type {string} */ name,
			/** @type {number} */ _index,
			/** @type {unknown} */ other,
		) => parameters[name] ?? other,
		logger: { info() {} },
		helpers: {
			async httpRequestWithAuthentication(
				/** @type {string} */ _credential,
				/** @type {{ url: string }} */ { url },
			) {
				const { statusCode, headers, body } = await request(url, { headers: { authorization } });
				const text = await body.text();
				onRead(text.length);
				return { statusCode, headers, body: JSON.parse(text) };
			},
		},
	};
	return /** @type {import('n8n-workflow').IExecuteFunctions} */ (/** @type {unknown} */ (context));
}

/**
 * The history of webhook calls as the node reads it.
 *
 * @param {number} records that JobAffinity has
 * @param {Record<string, unknown>} parameters
 */
async function readHistory(records, parameters) {
	const ja = await startJobAffinity({ rateLimit: Infinity });
	const { id: applicationId } = ja.account.apply();
	for (let at = 0; at < records; at++) {
		ja.account.recordTask({
			event: 'ProcessStepChange',
			at: at * 1000,
			response_status: 200,
			response_body: 'x'.repeat(500),
			applicationId,
		});
	}
	let bytes = 0;
	const items = await getAll.run(
		contextFor(ja, parameters, (read) => (bytes += read)),
		0,
		Object.assign(() => {}, { partial() {} }),
	);
	const requests = ja.requests.length;
	await ja.close();
	return { items: Array.isArray(items) ? items.length : 1, requests, bytes };
}

/**
 * Requests that keep to the pace, against a limit of 45 in any minute, on a clock that only
 * sleeping moves.
 *
 * @param {number} requests
 */
async function atTheLimit(requests) {
	let now = 0;
	const pace = new RateLimiter(45, 61_000, {
		now: () => now,
		sleep: async (ms) => void (now += ms),
	});
	/** @type {number[]} */
	const arrived = [];
	let refused = 0;
	for (let request = 0; request < requests; request++) {
		await pace.acquire();
		// A request takes its time to arrive, not always the same.
		const at = now + (request % 7) * 100;
		if (arrived.filter((each) => each > at - 60_000).length >= 45) refused++;
		arrived.push(at);
	}
	return { seconds: now / 1000, refused, shortest: Math.floor((requests - 1) / 45) * 60 };
}

console.log('\nReading 1,000 records of the history, 100 a page');
const history = await readHistory(1000, { returnAll: true });
report('requests', String(history.requests), {
	target: 'exactly 10',
	kept: history.requests === 10 && history.items === 1000,
});

console.log(
	'\n200 applications of a job with details: 3 requests for the list, 200 for the details (simulated clock)',
);
const { seconds, refused, shortest } = await atTheLimit(203);
report('seconds', String(seconds), {
	target: `at most ${shortest * 1.05} (5 % above ${shortest})`,
	kept: seconds <= shortest * 1.05,
});
report('answered 429', String(refused), { target: 'none', kept: refused === 0 });

console.log('\nLimit 50 of a history of 100 and of 10,000 records');
const few = await readHistory(100, { limit: 50 });
const many = await readHistory(10_000, { limit: 50 });
report('requests for 10,000', String(many.requests), {
	target: 'exactly 1',
	kept: many.requests === 1,
});
report('kB read for 100', (few.bytes / 1000).toFixed(1));
report('kB read for 10,000', (many.bytes / 1000).toFixed(1), {
	target: 'at most 5 % more',
	kept: many.bytes <= few.bytes * 1.05,
});
