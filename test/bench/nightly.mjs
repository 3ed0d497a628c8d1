/**
 * Measures how the node reads a nightly file, against reading the file as a whole: rows a second,
 * and memory beyond the items. Run `npm run bench:nightly`. Each case runs in its own
 * process. A missed target is printed and is not a failure, because machines differ.
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
const MAX_MB = 16;
const program = fileURLToPath(new URL('nightly-case.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'nightly-'));

/** The files of one day. In every tenth completion CSV must quote a field. */
function writeFiles() {
	const {
		companyId,
		learners: [plain],
	} = catalogueOf();
	const quoted = { ...plain, lastName: 'Learner, "Jr"' };
	const courses = Array.from({ length: COURSES }, (_, number) => ({
		id: `course-${number}`,
		title: `Course ${number}`,
	}));
	const events = Array.from({ length: ROWS }, (_, number) => {
		const learner = number % 10 === 0 ? quoted : plain;
		return completionOf(
			{ learner, course: courses[number % COURSES], companyId, at: number * 100 },
			'null',
		);
	});
	writeFileSync(join(folder, 'csv'), csvOf(events, DEFAULTS));
	writeFileSync(join(folder, 'json'), JSON.stringify(events));
}

const cases = ['csv', 'json'].flatMap((format) =>
	['', 'course-7'].flatMap((course) => ['chunks', 'whole'].map((way) => ({ format, course, way }))),
);

/** @typedef {typeof cases[number]} Case */

/**
 * @param {Case} each
 * @param {'time' | 'memory'} measure
 * @returns {{ seconds: number, peak: number, end: number }}
 */
function runCase({ format, course, way }, measure) {
	const options = ['--expose-gc', program, join(folder, format), format, way, course, measure];
	const { items, ...figures } = JSON.parse(
		execFileSync(process.execPath, options, { encoding: 'utf8' }),
	);
	const expected = course === '' ? ROWS : ROWS / COURSES;
	if (items !== expected)
		throw new Error(`${items} items instead of ${expected}: ${format}, ${way}`);
	return figures;
}

writeFiles();
try {
	const seconds = await interleaved(cases, 3, async (each) => runCase(each, 'time').seconds);
	console.log(`Nightly files of ${ROWS.toLocaleString('en')} rows, Node ${process.version}`);
	let itemsMb = 0;
	for (const [index, each] of cases.entries()) {
		const { format, course, way } = each;
		const { peak, end } = runCase(each, 'memory');
		if (way === 'chunks') {
			itemsMb = end;
			const size = (statSync(join(folder, format)).size / 1e6).toFixed(0);
			console.log(
				`\n${format.toUpperCase()}, ${size} MB, ${course === '' ? 'all rows' : 'one course of a thousand'}: items of ${end.toFixed(1)} MB`,
			);
		}
		const label = way === 'chunks' ? 'Parse' : 'the whole file';
		const aim = { target: `≤ ${MAX_MB} MB`, kept: peak - itemsMb <= MAX_MB };
		report(`${label}, rows a second`, Math.round(ROWS / seconds[index]).toLocaleString('en'));
		report(
			`${label}, memory beyond the items`,
			`${(peak - itemsMb).toFixed(1)} MB`,
			way === 'chunks' ? aim : undefined,
		);
	}
} finally {
	rmSync(folder, { recursive: true });
}
