import { randomUUID } from 'node:crypto';

import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { processedData, runNode } from '../core.mjs';
import { inMemory, run } from './node.mjs';

/** A learner completes a course, which staff then reset, and completes it again. */

const DAY = '2026-03-04';
const at = (/** @type {number} */ hour) => Date.parse(`${DAY}T${hour}:00:00Z`);

/** @param {Parameters<typeof createInnovativeEducators>[0]} [options] */
function twice(options) {
	const ie = createInnovativeEducators(options);
	const [ada, bo] = ie.learners;
	const first = ie.complete({ at: at(15) });
	const other = ie.complete({ learner: bo, at: at(16) });
	ie.reset(ada);
	const again = ie.complete({ learner: ada, at: at(17) });
	return { ie, first, other, again };
}

/**
 * Runs the second phase of the trigger on completions, in one execution.
 *
 * @param {string} workflowId
 * @param {any[]} payloads
 * @param {{ settings?: object, mode?: import('../core.mjs').Mode, executionId?: string, retryOf?: string, [other: string]: unknown }} [changes]
 */
async function triggered(
	workflowId,
	payloads,
	{ settings = { recognizeRepeats: true }, mode = 'webhook', executionId, retryOf, ...others } = {},
) {
	const items = payloads.map((payload) => ({
		json: {
			eventKey: `innovative-educators:courseCompletion:${payload.id}:${payload.timestamp.slice(0, 19)}Z`,
			provider: 'innovative-educators',
			event: 'courseCompletion',
			unprocessed: true,
			payload,
		},
	}));
	const { output } = await runNode({
		node: {
			type: 'innovativeEducatorsTrigger',
			parameters: /** @type {any} */ ({
				authentication: 'none',
				events: ['courseCompletion'],
				settings,
				...others,
			}),
		},
		mode,
		workflowId,
		executionId,
		retryOf,
		items,
	});
	return output.map(({ json }) => /** @type {any} */ (json.course).isRepeat);
}

describe('the trigger', () => {
	it('says of a completion whether its workflow remembers another one of the same learner and course', async () => {
		for (const ids of /** @type {const} */ (['random', 'nameBased'])) {
			const workflow = randomUUID();
			const { first, other, again } = twice({ ids });
			expect(await triggered(workflow, [first])).toEqual([false]);
			expect(await triggered(workflow, [other])).toEqual([false]);
			expect(await triggered(workflow, [again])).toEqual([true]);
		}
	});

	it('does so for a list of completions in one delivery', async () => {
		const { first, other, again } = twice();
		expect(await triggered(randomUUID(), [first, other, again])).toEqual([false, false, true]);
	});

	it('takes no copy of an event for a repeat of it, and outputs none', async () => {
		const workflow = randomUUID();
		const { first, again } = twice();
		expect(await triggered(workflow, [first])).toEqual([false]);
		expect(await triggered(workflow, [first])).toEqual([]);
		expect(await triggered(workflow, [first, again])).toEqual([true]);
	});

	it('says the same when the execution is retried', async () => {
		const workflow = randomUUID();
		const { first, again } = twice();
		await triggered(workflow, [first], { executionId: 'one' });
		expect(await triggered(workflow, [first], { mode: 'retry', retryOf: 'one' })).toEqual([false]);
		await triggered(workflow, [again], { executionId: 'two' });
		expect(await triggered(workflow, [again], { mode: 'retry', retryOf: 'two' })).toEqual([true]);
	});

	it.each([
		['the option is off', { settings: {} }],
		['it is a test run', { mode: /** @type {const} */ ('manual') }],
		['duplicates are not skipped', { settings: { recognizeRepeats: true, skipDuplicates: false } }],
		[
			'the sender gets the outcome',
			{ settings: { recognizeRepeats: true, responseMode: 'lastNode' } },
		],
	])('does not know if %s', async (_, changes) => {
		const workflow = randomUUID();
		const { first, again } = twice();
		expect(await triggered(workflow, [first], changes)).toEqual([null]);
		expect(await triggered(workflow, [again], changes)).toEqual([null]);
	});

	it('does not know without a learner or a course', async () => {
		const { first } = twice();
		const { id, timestamp } = /** @type {any} */ (first);
		expect(await triggered(randomUUID(), [{ id, timestamp }])).toEqual([null]);
	});

	it('knows a learner without an ID by the address, however it is written', async () => {
		const workflow = randomUUID();
		const { first, again } = twice();
		expect(await triggered(workflow, [{ ...first, userDetail: {} }])).toEqual([false]);
		const shouted = { ...again, user: again?.user.toUpperCase(), userDetail: null };
		expect(await triggered(workflow, [shouted])).toEqual([true]);
	});

	it('keeps as many events in the record as without the option', async () => {
		const workflow = randomUUID();
		const settings = { recognizeRepeats: true, eventsToRemember: 3 };
		const { ie, first } = twice();
		await triggered(workflow, [first], { settings });
		const others = ie.courses.slice(1).map((course) => ie.complete({ course, at: at(18) }));
		for (const payload of others) await triggered(workflow, [payload], { settings });
		expect(await triggered(workflow, [first], { settings })).toEqual([]);
	});

	it('outputs the event when the record fails meanwhile, and does not know then', async () => {
		const workflow = randomUUID();
		const { first } = twice();
		const { checkProcessedAndRecord } = processedData;
		let calls = 0;
		processedData.checkProcessedAndRecord = function (...given) {
			calls++;
			if (calls > 1) throw new Error('The database is locked');
			return checkProcessedAndRecord.apply(this, given);
		};
		try {
			expect(await triggered(workflow, [first])).toEqual([null]);
		} finally {
			processedData.checkProcessedAndRecord = checkProcessedAndRecord;
		}
		expect(await triggered(workflow, [first])).toEqual([]);
	});
});

describe('the nightly file', () => {
	/**
	 * @param {import('./node.mjs').File[]} files
	 * @param {Parameters<typeof run>[2]} [changes]
	 * @param {object} [parameters]
	 */
	async function parsed(files, changes, parameters) {
		const { json } = await run(
			'nightlyExport:parse',
			{ recognizeRepeats: true, ...parameters },
			{ items: files.map((file) => inMemory(file)), ...changes },
		);
		return json.map(({ course }) => course.isRepeat);
	}

	it('shows a repeat within the files of an execution, also in a test run', async () => {
		const { ie } = twice();
		const [csv, json] = [ie.nightlyFile(DAY), ie.nightlyFile(DAY, 'json')];
		expect(await parsed([csv], { mode: 'manual' })).toEqual([false, false, true]);
		// The second file has the same completions once more.
		expect(await parsed([csv, json])).toEqual([false, false, true, false, false, true]);
	});

	it('shares what it remembers with the trigger, if known events are skipped', async () => {
		const workflowId = randomUUID();
		const { ie, first } = twice();
		await triggered(workflowId, [first]);
		const known = { skipKnownEvents: true };
		const file = ie.nightlyFile(DAY);
		expect(await parsed([file], { workflowId, mode: 'trigger' }, known)).toEqual([false, true]);
		expect(await parsed([file], { workflowId, mode: 'trigger' }, known)).toEqual([]);
	});

	it('says nothing of repeats unless asked', async () => {
		const { ie } = twice();
		expect(await parsed([ie.nightlyFile(DAY)], {}, { recognizeRepeats: false })).toEqual([
			null,
			null,
			null,
		]);
	});

	it('names references as the trigger does', async () => {
		const { ie } = twice();
		const referenceNames = {
			values: [
				{ ref: 'ref1', name: 'Student ID' },
				{ ref: 'ref4', name: 'Cohort' },
			],
		};
		for (const file of [ie.nightlyFile(DAY), ie.nightlyFile(DAY, 'json')]) {
			const { json } = await run(
				'nightlyExport:parse',
				{ referenceNames },
				{ items: [inMemory(file)] },
			);
			expect(json.map(({ references }) => references)).toEqual([
				{ 'Student ID': '000123456', Cohort: null },
				{ 'Student ID': '7', Cohort: json[1].payload.userDetail.ref4 ?? null },
				{ 'Student ID': '000123456', Cohort: null },
			]);
		}
	});
});
