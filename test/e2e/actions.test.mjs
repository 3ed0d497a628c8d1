import { innovativeEducators } from './actions/innovative-educators.mjs';
import { jobAffinity } from './actions/jobaffinity.mjs';
import { jofi } from './actions/jofi.mjs';
import { regpack } from './actions/regpack.mjs';
import { operationsOf, runAll } from './actions/run.mjs';
import { startWithPackage } from './jofi.mjs';

/** Every operation of every action node, once, in a real n8n. */

/** @type {import('./jofi.mjs').N8n} */
let n8n;

beforeAll(async () => {
	({ n8n } = await startWithPackage({ editor: false }));
});

afterAll(async () => {
	await n8n?.stop();
});

describe.each([jofi, jobAffinity, regpack, innovativeEducators])('$label', (provider) => {
	const operations = operationsOf(provider.node);
	/** @type {Awaited<ReturnType<typeof runAll>>} */
	let run;

	beforeAll(async () => {
		run = await runAll(n8n.client, provider);
	});

	afterAll(async () => {
		await run?.close();
	});

	it('has a case here for each operation', () => {
		expect(Object.keys(run.cases).sort()).toEqual([...operations].sort());
	});

	it.each(operations)('%s runs, and puts out what the provider has', (name) => {
		expect(run.outputOf(name)).toMatchObject(run.cases[name].gives);
	});

	it('is asked to write what was chosen, and nothing else', () => {
		const expected = Object.values(run.cases).flatMap(({ sends = [] }) => sends);
		expect(run.written()).toEqual(expected);
	});
});
