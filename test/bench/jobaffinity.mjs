/**
 * What JobAffinity's API costs: requests for a long history, the time that its limit of 45 requests
 * a minute leaves to many applications, and what is read into memory where Limit says how much is
 * wanted. `npm run bench:jobaffinity`.
 */
import { resources } from '#dist/nodes/JobAffinity/resources/index.js';
import { runOperation } from '#dist/nodes/shared/actions/router.js';
import { startJobAffinity } from '../providers/jobaffinity/server.mjs';
import { report } from './measure.mjs';
import { LATENCY_MS, n8nFor, reportCost, simulatedClock } from './simulated.mjs';

/**
 * An operation of the node, as n8n runs it for some items.
 *
 * @param {Awaited<ReturnType<typeof startJobAffinity>>} ja
 * @param {Record<string, unknown>} parameters a function gets the number of the item
 * @param {Partial<Parameters<typeof n8nFor>[0]>} [setting]
 */
async function run({ base, login }, parameters, setting = {}) {
	const basic = Buffer.from(`${login.login}:${login.password}`).toString('base64');
	const { context, count } = n8nFor({
		type: 'jobAffinity',
		parameters,
		credential: { baseUrl: base },
		authentication: () => ({ authorization: `Basic ${basic}` }),
		items: [{ json: {} }],
		...setting,
	});
	const items = await runOperation(context, resources);
	return { items, count };
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
	const { items, count } = await run(
		ja,
		{ resource: 'webhookCall', operation: 'getAll', ...parameters },
		{ onRead: (read) => (bytes += read) },
	);
	await ja.close();
	return { items: items.length, count, bytes };
}

const APPLICATIONS = 200;
const PAGE = 100;
const PER_MINUTE = 45;

/**
 * The applications of a job, and then each by itself: two nodes, one after the other, against
 * JobAffinity's own limit.
 */
async function readApplications() {
	const clock = simulatedClock();
	const ja = await startJobAffinity({ clock: clock.now });
	for (let count = 0; count < APPLICATIONS; count++) ja.account.apply();
	const jobId = ja.account.applications[0].jobId;
	const start = clock.now();
	const list = await run(
		ja,
		{
			resource: 'application',
			operation: 'getAll',
			of: 'job',
			job: String(jobId),
			returnAll: true,
		},
		{ clock },
	);
	const details = await run(
		ja,
		{
			resource: 'application',
			operation: 'get',
			application: (/** @type {number} */ index) => String(list.items[index].json.id),
		},
		{ clock, items: list.items },
	);
	const seconds = (clock.now() - start) / 1000;
	const refused = ja.requests.filter(({ status }) => status === 429).length;
	await ja.close();
	return { found: details.items.length, list, details, seconds, refused };
}

console.log('\nReading 1,000 records of the history, 100 a page');
const history = await readHistory(1000, { returnAll: true });
if (history.items !== 1000) throw new Error(`There are ${history.items} records`);
reportCost(history.count, { requests: 1000 / PAGE });

console.log(`\n${APPLICATIONS} applications of a job with details, ${LATENCY_MS} ms a request`);
const { found, list, details, seconds, refused } = await readApplications();
if (found !== APPLICATIONS) throw new Error(`There are ${found} applications`);
const requests = list.count.requests + details.count.requests;
const reads = Math.max(list.count.reads, details.count.reads);
const minimum = Math.ceil(APPLICATIONS / PAGE) + APPLICATIONS;
reportCost(
	{ requests, reads },
	{ requests: minimum, seconds: Math.floor((minimum - 1) / PER_MINUTE) * 60 + LATENCY_MS / 1000 },
	seconds,
);
report('answered 429', String(refused), { target: 'none', kept: refused === 0 });
console.log('\nLimit 50 of a history of 100 and of 10,000 records');
const few = await readHistory(100, { limit: 50 });
const many = await readHistory(10_000, { limit: 50 });
report('requests for 10,000', String(many.count.requests), {
	target: 'exactly 1',
	kept: many.count.requests === 1,
});
report('kB read for 100', (few.bytes / 1000).toFixed(1));
report('kB read for 10,000', (many.bytes / 1000).toFixed(1), {
	target: 'at most 5 % more',
	kept: many.bytes <= few.bytes * 1.05,
});
