import { readFileSync } from 'node:fs';

import { createInnovativeEducators } from '../../providers/innovative-educators/platform.mjs';
import { errorTextOf } from '../errorText.mjs';
import { expectShape } from '../outputs.mjs';
import { inMemory, run } from './node.mjs';

/** Who of a roster has completed a course, by the nightly files or by items. */

const DAY = '2026-03-04';
const at = (/** @type {number} */ hour) => Date.parse(`${DAY}T${hour}:00:00Z`);

/** Ada has completed two courses, Bo one, and Cy none. */
function platform() {
	const ie = createInnovativeEducators({ moreColumns: ['userDetail.ref4'] });
	const [ada, bo] = ie.learners;
	ie.complete({ learner: ada, course: ie.courses[1], at: at(17) });
	ie.complete({ learner: ada, course: ie.courses[0], at: at(15) });
	ie.complete({ learner: bo, course: ie.courses[1], at: at(16) });
	return ie;
}

const ROSTER = `name,email
Ada,Ada.Learner@college.example
Bo, bo+1@college.example
Cy,cy.none@school.example
`;

/**
 * @param {object} parameters
 * @param {any[]} items
 * @param {import('../core.mjs').Changes} [changes]
 */
const compare = (parameters, items, changes) =>
	run('roster:compare', { learners: 'text', ...parameters }, { items, ...changes });

/** What was found of each learner. @param {any[]} json */
const found = (json) =>
	Object.fromEntries(json.map(({ learner, isCompleted }) => [learner, isCompleted]));

describe.each(/** @type {const} */ (['csv', 'json']))(
	'a roster and a nightly file as %s',
	(format) => {
		it('become an item for each learner, with the latest completion and what the roster says', async () => {
			const ie = platform();
			const file = ie.nightlyFile(DAY, format);
			const { status, hints, json } = await compare({ roster: ROSTER }, [inMemory(file)]);
			expect([status, hints]).toEqual(['success', []]);
			expect(json).toEqual([
				{
					learner: 'Ada.Learner@college.example',
					isCompleted: true,
					completedAt: '2026-03-04T17:00:00.000Z',
					courseId: ie.courses[1].id,
					courseTitle: 'Time Management',
					roster: { name: 'Ada', email: 'Ada.Learner@college.example' },
				},
				expect.objectContaining({ learner: 'bo+1@college.example', isCompleted: true }),
				{
					learner: 'cy.none@school.example',
					isCompleted: false,
					completedAt: null,
					courseId: null,
					courseTitle: null,
					roster: { name: 'Cy', email: 'cy.none@school.example' },
				},
			]);
			expectShape('InnovativeEducators', 'roster:compare', json);
		});

		it('can be narrowed down to a course and to those who are missing', async () => {
			const ie = platform();
			const items = [inMemory(ie.nightlyFile(DAY, format))];
			const missing = async (/** @type {object} */ filters) =>
				Object.keys(
					found((await compare({ roster: ROSTER, onlyMissing: true, filters }, items)).json),
				);
			expect(await missing({})).toEqual(['cy.none@school.example']);
			const without = ['bo+1@college.example', 'cy.none@school.example'];
			expect(await missing({ courses: [ie.courses[0].id] })).toEqual(without);
			expect(await missing({ courseTitle: ['orientation'] })).toEqual(without);
			expect(await missing({ courses: ['another'] })).toHaveLength(3);
		});
	},
);

describe('learners are recognized', () => {
	/** @param {string} matchBy @param {string} roster @param {object} [parameters] */
	async function by(matchBy, roster, parameters) {
		const items = [inMemory(platform().nightlyFile(DAY))];
		return found((await compare({ matchBy, roster, ...parameters }, items)).json);
	}

	it('by a reference or the ID in single sign-on', async () => {
		const list = { learnerField: '' };
		expect(await by('userDetail.ref1', '000123456\n7\n8', list)).toEqual({
			'000123456': true,
			7: true,
			8: false,
		});
		expect(await by('userDetail.ref4', '0042\n42', list)).toEqual({ '0042': true, 42: false });
		expect(await by('userDetail.externalCustomerId', 'BO@college.example;000123456', list)).toEqual(
			{ 'BO@college.example': true, '000123456': true },
		);
	});

	it('without the leading zeros that a spreadsheet drops, if the user wants', async () => {
		const roster = 'Student ID\n123456\n0\n000\n';
		const field = { learnerField: 'student id' };
		expect(await by('userDetail.ref1', roster, field)).toEqual({
			123456: false,
			0: false,
			'000': false,
		});
		expect(await by('userDetail.ref1', roster, { ...field, ignoreLeadingZeros: true })).toEqual({
			123456: true,
			0: false,
			'000': false,
		});
	});
});

describe('a roster may be', () => {
	const file = () => inMemory(platform().nightlyFile(DAY));
	const all = {
		'Ada.Learner@college.example': true,
		'bo+1@college.example': true,
		'cy.none@school.example': false,
	};

	it.each([
		['cells of a spreadsheet', ROSTER.replaceAll(',', '\t')],
		['CSV with semicolons', ROSTER.replaceAll(',', ';')],
		['CSV of Windows, with a byte order mark', `\uFEFF${ROSTER.replaceAll('\n', '\r\n')}`],
		['CSV without a line end', ROSTER.trim()],
		['CSV with blank lines', `\n${ROSTER.replaceAll('\n', '\n\n')}`],
		['CSV whose rows miss their last fields', ROSTER.replace('name,email', 'name,email,term,note')],
	])('%s', async (_, roster) => {
		const { json, hints } = await compare({ roster }, [file()]);
		expect([found(json), hints]).toEqual([all, []]);
	});

	it.each([
		['lines', Object.keys(all).join('\n')],
		['commas', Object.keys(all).join(', ')],
		['semicolons', Object.keys(all).join('; ')],
		[
			'quotation marks',
			Object.keys(all)
				.map((each) => `"${each}"`)
				.join('\r\n'),
		],
	])('a list with %s', async (_, roster) => {
		const { json } = await compare({ roster, learnerField: ' ' }, [file()]);
		expect(found(json)).toEqual(all);
		expect(json[0].roster).toEqual({});
	});

	it('a file beside the nightly file, in the same input item or another one', async () => {
		const roster = inMemory(
			{ name: 'roster.csv', mimeType: 'text/csv', content: Buffer.from(ROSTER) },
			'roster',
		);
		const nightly = file();
		const both = { json: {}, binary: { ...nightly.binary, ...roster.binary } };
		for (const items of [[nightly, roster], [both]]) {
			const { json, output } = await compare({ learners: 'file' }, items);
			expect(found(json)).toEqual(all);
			expect(output[0].pairedItem).toEqual({ item: items.length - 1 });
		}
	});

	it('the other input items, to which its results are paired', async () => {
		const people = Object.keys(all).map((email, id) => ({ json: { id, contact: { email } } }));
		const { json, output } = await compare(
			{ learners: 'items', learnerField: 'contact.email', onlyMissing: true },
			[people[0], file(), ...people.slice(1)],
		);
		expect(json).toMatchObject([
			{ learner: 'cy.none@school.example', roster: { id: 2, contact: {} } },
		]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }]);
	});
});

describe('completions may be', () => {
	it('items of this package or of the provider, among the learners', async () => {
		const ie = platform();
		const { json: items } = await run(
			'nightlyExport:parse',
			{},
			{ items: [inMemory(ie.nightlyFile(DAY))] },
		);
		const learners = ie.learners.map(({ email }) => ({ json: { email } }));
		for (const completions of [items, ie.completions]) {
			const { json } = await compare({ learners: 'items', completions: 'items' }, [
				...learners,
				...completions.map((/** @type {any} */ json) => ({ json })),
			]);
			expect(json.map(({ isCompleted }) => isCompleted)).toEqual([true, true, false]);
		}
	});

	it('the files of several days, whose latest completion counts', async () => {
		const ie = platform();
		ie.complete({ learner: ie.learners[2], at: at(15) + 86_400_000 });
		ie.reset(ie.learners[0], ie.courses[1]);
		ie.complete({ learner: ie.learners[0], course: ie.courses[1], at: at(15) + 86_400_000 });
		const days = [ie.nightlyFile('2026-03-05', 'json'), ie.nightlyFile(DAY)];
		const { json } = await compare(
			{ roster: ROSTER },
			days.map((each) => inMemory(each)),
		);
		expect(json.map(({ completedAt }) => completedAt?.slice(0, 10))).toEqual([
			'2026-03-05',
			DAY,
			'2026-03-05',
		]);
	});

	it('none, of which a hint tells', async () => {
		const empty = inMemory(platform().nightlyFile('2026-01-01', 'json'));
		const { json, hints } = await compare({ roster: ROSTER }, [empty]);
		expect(json.map(({ isCompleted }) => isCompleted)).toEqual([false, false, false]);
		expect(hints[0].message).toBe(
			'There are no completions to compare with, so every learner is missing.',
		);
	});

	it('without the reference that is compared, of which a hint tells', async () => {
		const { hints } = await compare({ roster: '1', learnerField: '', matchBy: 'userDetail.ref9' }, [
			inMemory(platform().nightlyFile(DAY)),
		]);
		expect(hints[0].message).toContain('No completion has what Match By names');
	});

	it('partly unreadable, which each result says', async () => {
		const file = platform().nightlyFile(DAY);
		file.content = Buffer.concat([file.content, Buffer.from('broken,row\r\n')]);
		const { json } = await compare({ roster: ROSTER }, [inMemory(file)]);
		for (const { _list } of json)
			expect(_list).toMatchObject({
				isComplete: false,
				reason: expect.stringContaining('One row'),
			});
	});
});

it('a learner without an address is neither missing nor done', async () => {
	const { json, hints } = await compare({ roster: `${ROSTER}Dee,\n`, onlyMissing: true }, [
		inMemory(platform().nightlyFile(DAY)),
	]);
	expect(json.at(-1)).toMatchObject({
		learner: null,
		isCompleted: null,
		roster: { name: 'Dee', email: '' },
	});
	expect(hints[0].message).toBe(
		'1 of 4 learners have nothing in Learner Field: their isCompleted is null.',
	);
});

it('a learner who is on the roster twice has two results', async () => {
	const { json } = await compare({ roster: 'email\na@b.example\nA@b.example\n' }, [
		inMemory(platform().nightlyFile(DAY)),
	]);
	expect(json.map(({ learner }) => learner)).toEqual(['a@b.example', 'A@b.example']);
});

describe('a roster is refused, with what to do,', () => {
	/**
	 * @param {object} parameters
	 * @param {any[]} [items]
	 */
	async function refusal(parameters, items = [inMemory(platform().nightlyFile(DAY))]) {
		return errorTextOf(await compare(parameters, items), []).message;
	}

	it.each([
		['that is empty', { roster: ' ' }, 'The roster is empty'],
		['with a header only', { roster: 'name,email' }, 'The roster is empty'],
		[
			'without the column',
			{ roster: ROSTER, learnerField: 'Student ID' },
			'The first line of the roster has no column "Student ID"',
		],
		[
			'with a broken row, which is not shown',
			{ roster: `${ROSTER}"Dee" D,dee@x.example\n` },
			'The row on line 5 has text after a closing quotation mark',
		],
		[
			'with a row of too many fields',
			{ roster: `${ROSTER}Dee,dee@x.example,more\n` },
			'The row on line 5 has 3 fields instead of 2',
		],
		['whose file is not there', { learners: 'file' }, 'No input item has a file in "roster"'],
		[
			'whose items lack the field',
			{ learners: 'items', learnerField: 'mail' },
			'No input item has the field "mail"',
		],
		['whose field is not named', { learners: 'items', learnerField: '' }, 'Learner Field is empty'],
	])('%s', async (_, parameters, message) => {
		const items = [inMemory(platform().nightlyFile(DAY)), { json: { email: 'x' } }];
		expect(await refusal(parameters, items)).toBe(message);
	});

	it('that comes with no nightly file, or another file', async () => {
		expect(await refusal({ roster: ROSTER }, [{ json: {} }])).toBe(
			'No input item has a file in "data"',
		);
		const other = inMemory({
			name: 'a.csv',
			mimeType: 'text/csv',
			content: Buffer.from('a,b\n1,2'),
		});
		expect(await refusal({ roster: ROSTER }, [other])).toBe(
			'The file is not a nightly file of Innovative Educators',
		);
	});

	it('as one item, if the node continues on errors', async () => {
		const { json, output } = await compare({ roster: 'x' }, [{ json: {} }, { json: {} }], {
			onError: 'continueRegularOutput',
		});
		expect([json.length, output[0].pairedItem]).toEqual([1, { item: 0 }]);
		expect(json[0].error).toBe('No input item has a file in "data"');
	});
});

it('the example finds who is missing, with the files of its folder', async () => {
	const { nodes } = JSON.parse(
		readFileSync(
			new URL(
				'../../../examples/innovative-educators-missing-learners-email.json',
				import.meta.url,
			),
			'utf8',
		),
	);
	const { parameters } = nodes.find(
		(/** @type {any} */ { type }) => type === 'n8n-nodes-talent-events.innovativeEducators',
	);
	const files = [DAY, '2026-03-05'].map((day) => inMemory(platform().nightlyFile(day)));
	const { status, json } = await compare(parameters, files);
	expect([status, json]).toEqual([
		'success',
		[
			expect.objectContaining({
				learner: 'bo.learner@college.example',
				roster: expect.objectContaining({ advisor: 'advisor@college.example' }),
			}),
		],
	]);
});
