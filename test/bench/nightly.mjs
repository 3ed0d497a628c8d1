/**
 * What it costs to read a nightly file: rows a second, and memory beyond the items that come out; and what it would
 * cost to take the file as a whole. `npm run bench:nightly`, after a build. Each case runs in a process of its own. A
 * target that is missed is printed and is no failure, because machines differ.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { completionOf } from '../providers/innovative-educators/completion.mjs';
import { catalogueOf } from '../providers/innovative-educators/catalogue.mjs';
import { csvOf } from '../providers/innovative-educators/nightly.mjs';
import { DEFAULTS } from '../providers/innovative-educators/settings.mjs';
import { interleaved, report } from './measure.mjs';

const ROWS = 200_000;
const COURSES = 1000;
const MOST_MB = 16;
const program = fileURLToPath(new URL('nightly-case.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'nightly-'));

/** The file of a day with so many completions, every tenth with a field that CSV must quote. */
function writeFiles() {
	const { companyId, learners: [plain] } = catalogueOf();
	const quoted = { ...plain, lastName: 'Learner, "Jr"' };
	const courses = Array.from({ length: COURSES }, (_, number) => ({ id: `course-${number}`, title: `Course ${number}` }));
	const events = Array.from({ length: ROWS }, (_, number) => {
		const learner = number % 10 === 0 ? quoted : plain;
		return completionOf({ learner, course: courses[number % COURSES], companyId, at: number * 100 }, 'null');
	});
	writeFileSync(join(folder, 'csv'), csvOf(events, DEFAULTS));
	writeFileSync(join(folder, 'json'), JSON.stringify(events));
}

const cases = ['csv', 'json'].flatMap((format) =>
	['', 'course-7'].flatMap((course) => ['pieces', 'whole'].map((way) => ({ format, course, way }))),
);

/** @typedef {typeof cases[number]} Case */

/** @param {Case} each @param {'time' | 'memory'} what @returns {{ seconds: number, most: number, end: number }} */
function measured({ format, course, way }, what) {
	const options = ['--expose-gc', program, join(folder, format), format, way, course, what];
	const { items, ...figures } = JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }));
	const expected = course === '' ? ROWS : ROWS / COURSES;
	if (items !== expected) throw new Error(`${items} items instead of ${expected}: ${format}, ${way}`);
	return figures;
}

writeFiles();
try {
	const seconds = await interleaved(cases, 3, async (each) => measured(each, 'time').seconds);
	console.log(`Nightly files of ${ROWS.toLocaleString('en')} rows, Node ${process.version}`);
	let ofItems = 0;
	for (const [index, each] of cases.entries()) {
		const { format, course, way } = each;
		const { most, end } = measured(each, 'memory');
		if (way === 'pieces') {
			ofItems = end;
			const size = (statSync(join(folder, format)).size / 1e6).toFixed(0);
			console.log(`\n${format.toUpperCase()}, ${size} MB, ${course === '' ? 'all rows' : 'one course of a thousand'}: items of ${end.toFixed(1)} MB`);
		}
		const label = way === 'pieces' ? 'Parse' : 'the whole at once';
		const aim = { target: `≤ ${MOST_MB} MB`, kept: most - ofItems <= MOST_MB };
		report(`${label}, rows a second`, Math.round(ROWS / seconds[index]).toLocaleString('en'));
		report(`${label}, memory beyond the items`, `${(most - ofItems).toFixed(1)} MB`, way === 'pieces' ? aim : undefined);
	}
} finally {
	rmSync(folder, { recursive: true });
}
