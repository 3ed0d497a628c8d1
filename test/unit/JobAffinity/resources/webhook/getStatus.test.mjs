import { callFailed } from '#dist/nodes/JobAffinity/polling/definitions.js';
import { webhookStatus } from '#dist/nodes/JobAffinity/resources/webhook/status.js';
import { getStatus } from '#dist/nodes/JobAffinity/resources/webhook/getStatus.js';

/** The history of calls names no URL (documented by omission). */
describe('a result based on the history of calls says that it covers the whole account', () => {
	test.each([
		['the event', callFailed.description],
		['Get Status', getStatus.description],
		['a field of it', JSON.stringify(getStatus.fields)],
		[
			'its summary',
			webhookStatus([{ datetime: '2026-03-05 14:00:00', response_status: 500 }], 5).summary,
		],
		[
			'its summary when all is well',
			webhookStatus([{ datetime: '2026-03-05 14:00:00', response_status: 200 }], 5).summary,
		],
	])('%s', (_, text) => {
		expect(text).toContain('of the account');
	});
});
