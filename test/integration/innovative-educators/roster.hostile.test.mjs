import { errorTextOf } from '../errorText.mjs';
import { inMemory, run } from './node.mjs';

/** Rosters and files that are large, or made to do harm. */

const HEADER = 'id,event,notifiableId,title,user';

/** @param {string[]} rows */
const fileOf = (rows) =>
	inMemory({
		name: 'nightly.csv',
		mimeType: 'text/csv',
		content: Buffer.from([HEADER, ...rows, ''].join('\n')),
	});

/** @param {string} roster @param {object} [parameters] @param {any} [file] */
const compare = (roster, parameters, file = fileOf([])) =>
	run('roster:compare', { learners: 'text', roster, ...parameters }, { items: [file] });

/** @param {number} count @param {(index: number) => string} each */
const lines = (count, each) => Array.from({ length: count }, (_, index) => each(index));

it('compares 40,000 learners with as many completions', async () => {
	const count = 40_000;
	const roster = ['email', ...lines(count, (index) => `u${index}@x.example`)].join('\n');
	const file = fileOf(
		lines(count, (index) => `${index},courseCompletion,c,t,u${index * 2}@x.example`),
	);
	const { json } = await compare(roster, { onlyMissing: true }, file);
	expect(json.length).toBe(count / 2);
	expect(json[0].learner).toBe('u1@x.example');
});

it('ends in the same order of time for a roster of one learner, many times', async () => {
	const roster = ['email', ...lines(40_000, () => 'u@x.example')].join('\n');
	const file = fileOf(lines(20_000, (index) => `${index},courseCompletion,c,t,u@x.example`));
	const { json } = await compare(roster, {}, file);
	expect(json.length).toBe(40_000);
	expect(json.every(({ isCompleted }) => isCompleted)).toBe(true);
});

it('refuses more learners than n8n can hold', async () => {
	const { message } = errorTextOf(
		await compare(lines(200_001, (index) => `${index}`).join('\n'), { learnerField: '' }),
		[],
	);
	expect(message).toBe('The roster has more than 200000 learners');
});

it('refuses a list that is too long', async () => {
	const { message } = errorTextOf(await compare('x'.repeat(10_000_001), { learnerField: '' }), []);
	expect(message).toBe('The roster is longer than ten million characters');
});

it('refuses a row that is too long, without showing it', async () => {
	const { message } = errorTextOf(await compare(`email\n${'x'.repeat(1_000_001)}\n`), []);
	expect(message).toBe('The row on line 2 is longer than a million characters');
});

it('refuses a text of one endless line', async () => {
	for (const character of ['x', '\t', '"', ' ']) {
		const { message } = errorTextOf(await compare(`x${character.repeat(5_000_000)}`), []);
		expect(message).toMatch(/^The (row on line 1|first line of the roster) /);
	}
});

it('refuses a quotation mark that is never closed, at its line', async () => {
	const { message } = errorTextOf(await compare(`email\na@x.example\n"b@x.example\nc\n`), []);
	expect(message).toBe('The row on line 3 has a quotation mark that is never closed');
});

it('gives no column power over objects', async () => {
	const { json } = await compare(
		'email,__proto__,constructor,toString\na@x.example,polluted,1,2\n',
	);
	expect(json[0].roster).toEqual({ email: 'a@x.example', constructor: '1', toString: '2' });
	expect(Object.prototype).not.toHaveProperty('polluted');
	expect(Object.getPrototypeOf(json[0].roster)).toBe(Object.prototype);
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
	'finds no completion for a learner called %s',
	async (name) => {
		const { json } = await compare(`email\n${name}\n`, {}, fileOf(['1,courseCompletion,c,t,u']));
		expect(json[0]).toMatchObject({ learner: name, isCompleted: false });
	},
);

it('leaves formulas and markup as they are', async () => {
	const cell = '=HYPERLINK("https://evil.example")';
	const { json } = await compare(`email,note\na@x.example,"${cell.replaceAll('"', '""')}"\n`);
	expect(json[0].roster.note).toBe(cell);
});

it('takes bytes that are no text for text', async () => {
	const roster = inMemory(
		{ name: 'r.csv', mimeType: 'text/csv', content: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x0a]) },
		'roster',
	);
	const file = fileOf([]);
	const { message } = errorTextOf(
		await run(
			'roster:compare',
			{ learners: 'file' },
			{ items: [{ json: {}, binary: { ...file.binary, ...roster.binary } }] },
		),
		[],
	);
	expect(message).toMatch(/^The (first line of the roster has no column "email"|roster is empty)$/);
});

it('is not slower by the square for a header of many columns', async () => {
	const header = ['email', ...lines(20_000, (index) => `c${index}`)].join(',');
	const { json } = await compare(`${header}\n${'a@x.example'}\n`);
	expect(Object.keys(json[0].roster)).toHaveLength(20_001);
});
