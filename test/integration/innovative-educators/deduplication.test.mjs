import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { runNode } from '../core.mjs';
import { inMemory, run } from './node.mjs';

const DAY = '2026-03-04';

/** A day on the simulated platform, as its file. @param {'csv' | 'json'} [format] */
function fileOfDay(format = 'csv') {
	const ie = createInnovativeEducators();
	const at = Date.parse(`${DAY}T17:00:00Z`);
	for (const learner of ie.learners) ie.complete({ learner, at });
	return { ie, file: ie.nightlyFile(DAY, format) };
}

/**
 * The number of items.
 *
 * @param {string} workflowId
 * @param {import('./node.mjs').File[]} files
 * @param {Parameters<typeof run>[2]} [changes]
 */
const output = async (workflowId, files, changes) =>
	(
		await run(
			'nightlyExport:parse',
			{ skipKnownEvents: true },
			{ workflowId, mode: 'trigger', items: files.map((file) => inMemory(file)), ...changes },
		)
	).json.length;

it('completions of an earlier file are skipped in the same workflow, and not in another one', async () => {
	const { file } = fileOfDay();
	expect(await output('a', [file])).toBe(3);
	expect(await output('a', [file])).toBe(0);
	expect(await output('b', [file])).toBe(3);
});

it('completions in two files of one execution are output once', async () => {
	const { ie, file } = fileOfDay();
	expect(await output('c', [file, ie.nightlyFile(DAY, 'json')])).toBe(3);
	expect(await output('c', [file, ie.nightlyFile(DAY, 'json')])).toBe(0);
});

it('the node skips completions that the trigger has output, and the trigger those of a file', async () => {
	const { ie, file } = fileOfDay('json');
	/** @param {any} payload */
	const keyOf = (payload) =>
		`innovative-educators:courseCompletion:${payload.id}:${payload.timestamp.slice(0, 19)}Z`;
	/** @param {any} payload */
	const triggered = async (payload) => {
		const json = {
			eventKey: keyOf(payload),
			provider: 'innovative-educators',
			event: 'courseCompletion',
			unprocessed: true,
			payload,
		};
		const node = {
			type: 'innovativeEducatorsTrigger',
			parameters: { authentication: 'none', events: ['courseCompletion'] },
		};
		return (await runNode({ node, mode: 'webhook', workflowId: 'd', items: [{ json }] })).output
			.length;
	};
	expect(await triggered(ie.completions[0])).toBe(1);
	expect(await output('d', [file])).toBe(2);
	for (const completion of ie.completions) expect(await triggered(completion)).toBe(0);
});

it('a course that was reset and completed again with the same ID is not skipped', async () => {
	const ie = createInnovativeEducators({ ids: 'nameBased' });
	const [at, later] = [`${DAY}T15:00:00Z`, `${DAY}T20:00:00Z`].map((time) => Date.parse(time));
	ie.complete({ at });
	expect(await output('h', [ie.nightlyFile(DAY)])).toBe(1);
	ie.reset();
	ie.complete({ at: later });
	expect(new Set(ie.completions.map(({ id }) => id)).size).toBe(1);
	expect(await output('h', [ie.nightlyFile(DAY, 'json')])).toBe(1);
	expect(await output('h', [ie.nightlyFile(DAY)])).toBe(0);
});

it('test runs skip nothing and record nothing', async () => {
	const { file } = fileOfDay();
	expect(await output('e', [file], { mode: 'manual' })).toBe(3);
	expect(await output('e', [file])).toBe(3);
	expect(await output('e', [file], { mode: 'manual' })).toBe(3);
});

it('the retry of an execution that was cut off outputs what that one did', async () => {
	const { file } = fileOfDay();
	const retry = /** @type {const} */ ({ mode: 'retry', retryOf: 'crashed' });
	expect(await output('h', [file], { executionId: 'crashed' })).toBe(3);
	expect(await output('h', [file], retry)).toBe(3);
	expect(await output('h', [file])).toBe(0);
});

it('the retry of an execution that was cut off skips what another one has output meanwhile', async () => {
	const { file } = fileOfDay();
	expect(await output('i', [file])).toBe(3);
	expect(await output('i', [file], { mode: 'retry', retryOf: 'crashed' })).toBe(0);
});

it('a small file pushes no completion of a large one out of the record', async () => {
	const rows = Array.from({ length: 6000 }, (_, index) => `large-${index},courseCompletion,c,t`);
	const large = {
		name: 'large.csv',
		mimeType: 'text/csv',
		content: Buffer.from(['id,event,notifiableId,title', ...rows, ''].join('\n')),
	};
	expect(await output('g', [large])).toBe(6000);
	expect(await output('g', [fileOfDay().file])).toBe(3);
	expect(await output('g', [large])).toBe(0);
});

it('invalid rows are output each time', async () => {
	const broken = {
		name: 'nightly.csv',
		mimeType: 'text/csv',
		content: Buffer.from(
			'id,event,notifiableId,title\n1,courseCompletion,c,t\n"2,courseCompletion,c,t\n',
		),
	};
	const parseAgain = async () =>
		(
			await run(
				'nightlyExport:parse',
				{ skipKnownEvents: true, onInvalidRow: 'separate' },
				{ workflowId: 'f', mode: 'trigger', items: [inMemory(broken)] },
			)
		).json;
	expect(await parseAgain()).toEqual([
		expect.objectContaining({ event: 'courseCompletion' }),
		expect.objectContaining({ error: expect.any(String) }),
	]);
	expect(await parseAgain()).toEqual([expect.objectContaining({ error: expect.any(String) })]);
});
