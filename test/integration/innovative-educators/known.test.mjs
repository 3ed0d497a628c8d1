import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { initDeduplication, loadPackage, runNode } from '../core.mjs';
import { inMemory, run } from './node.mjs';

const DAY = '2026-03-04';

beforeAll(async () => {
	await initDeduplication();
});

/** A day of the simulated platform, as its file. @param {'csv' | 'json'} [format] */
function fileOfDay(format = 'csv') {
	const ie = createInnovativeEducators();
	const at = Date.parse(`${DAY}T17:00:00Z`);
	for (const learner of ie.learners) ie.complete({ learner, at });
	return { ie, file: ie.nightlyFile(DAY, format) };
}

/** @param {string} workflowId @param {import('./node.mjs').File[]} files @param {Parameters<typeof run>[2]} [changes] */
const brought = async (workflowId, files, changes) =>
	(await run('nightlyExport:parse', { leaveOutKnown: true }, { workflowId, mode: 'trigger', items: files.map((file) => inMemory(file)), ...changes })).json.length;

it('what an earlier file of the workflow has brought is left out, and another workflow has it', async () => {
	const { file } = fileOfDay();
	expect(await brought('a', [file])).toBe(3);
	expect(await brought('a', [file])).toBe(0);
	expect(await brought('b', [file])).toBe(3);
});

it('what two files of one execution hold comes once', async () => {
	const { ie, file } = fileOfDay();
	expect(await brought('c', [file, ie.nightlyFile(DAY, 'json')])).toBe(3);
	expect(await brought('c', [file, ie.nightlyFile(DAY, 'json')])).toBe(0);
});

it('what the trigger has run is left out, and what the file has brought the trigger does not run', async () => {
	const { ie, file } = fileOfDay('json');
	const loader = await loadPackage();
	/** @param {any} payload */
	const keyOf = (payload) => `innovative-educators:courseCompletion:${payload.id}:${payload.timestamp.slice(0, 19)}Z`;
	/** @param {any} payload */
	const triggered = async (payload) => {
		const json = { eventKey: keyOf(payload), provider: 'innovative-educators', event: 'courseCompletion', unprocessed: true, payload };
		const node = { type: 'innovativeEducatorsTrigger', parameters: { authentication: 'none', events: ['courseCompletion'] } };
		return (await runNode({ loader, node, mode: 'webhook', workflowId: 'd', items: [{ json }] })).output.length;
	};
	expect(await triggered(ie.completions[0])).toBe(1);
	expect(await brought('d', [file])).toBe(2);
	for (const completion of ie.completions) expect(await triggered(completion)).toBe(0);
});

it('a course that was reset and completed again under the same ID is not left out', async () => {
	const ie = createInnovativeEducators({ ids: 'ofNames' });
	const [at, later] = [`${DAY}T15:00:00Z`, `${DAY}T20:00:00Z`].map((time) => Date.parse(time));
	ie.complete({ at });
	expect(await brought('h', [ie.nightlyFile(DAY)])).toBe(1);
	ie.reset();
	ie.complete({ at: later });
	expect(new Set(ie.completions.map(({ id }) => id)).size).toBe(1);
	expect(await brought('h', [ie.nightlyFile(DAY, 'json')])).toBe(1);
	expect(await brought('h', [ie.nightlyFile(DAY)])).toBe(0);
});

it('test runs leave nothing out and record nothing', async () => {
	const { file } = fileOfDay();
	expect(await brought('e', [file], { mode: 'manual' })).toBe(3);
	expect(await brought('e', [file])).toBe(3);
	expect(await brought('e', [file], { mode: 'manual' })).toBe(3);
});

it('a retry by a person leaves nothing out, and what it has brought is known', async () => {
	const { file } = fileOfDay();
	expect(await brought('h', [file], { mode: 'retry' })).toBe(3);
	expect(await brought('h', [file], { mode: 'retry' })).toBe(3);
	expect(await brought('h', [file])).toBe(0);
});

it('a small file makes nothing of a large one be forgotten', async () => {
	const rows = Array.from({ length: 6000 }, (_, index) => `large-${index},courseCompletion,c,t`);
	const large = { name: 'large.csv', mimeType: 'text/csv', content: Buffer.from(['id,event,notifiableId,title', ...rows, ''].join('\n')) };
	expect(await brought('g', [large])).toBe(6000);
	expect(await brought('g', [fileOfDay().file])).toBe(3);
	expect(await brought('g', [large])).toBe(0);
});

it('rows that cannot be read are put out each time', async () => {
	const broken = { name: 'nightly.csv', mimeType: 'text/csv', content: Buffer.from('id,event,notifiableId,title\n1,courseCompletion,c,t\n"2,courseCompletion,c,t\n') };
	const again = async () => (await run('nightlyExport:parse', { leaveOutKnown: true, unreadableRows: 'putOut' }, { workflowId: 'f', mode: 'trigger', items: [inMemory(broken)] })).json;
	expect(await again()).toEqual([expect.objectContaining({ event: 'courseCompletion' }), expect.objectContaining({ error: expect.any(String) })]);
	expect(await again()).toEqual([expect.objectContaining({ error: expect.any(String) })]);
});
