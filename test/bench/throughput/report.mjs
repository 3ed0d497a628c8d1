import { readFileSync, writeFileSync } from 'node:fs';
import { report } from '../measure.mjs';
import { LABELS } from './sides.mjs';
import {
	aimText,
	cpuPerDelivery,
	executedOf,
	latencyOf,
	memoryAim,
	paceOf,
	ratiosOf,
} from './summary.mjs';

/** @typedef {import('./run.mjs').Results} Results */
/** @typedef {import('./summary.mjs').Spread} Spread */

const README = new URL('../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];

/** @type {Record<string, string>} */
const CASES = {
	A: `A: ${LABELS.A}`,
	M: `M: ${LABELS.M}`,
	B: `B: ${LABELS.B}, accepted`,
	refused: 'B, refused',
	duplicate: 'B, duplicate',
	C: `C: ${LABELS.C}`,
	D: `D: ${LABELS.D}`,
};

/** @type {Record<string, string>} */
const RUNS = {
	default: "n8n's default engine",
	lazy: '`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`',
	cache: 'lazy acquisition and `N8N_EXPRESSION_ENGINE_COMPILE_CACHE=true`',
	legacy: '`N8N_EXPRESSION_ENGINE=legacy`',
	quickjs: '`N8N_EXPRESSION_ENGINE=quickjs`',
	queue: 'queue mode, default engine',
};

/** @param {number} value three digits are what a measurement is worth */
const digits = (value) => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
/** @param {Spread} spread */
const ranged = ({ median, low, high }) => `${digits(median)} (${digits(low)}–${digits(high)})`;
/** @param {import('./summary.mjs').Latency | undefined} latency */
const percentiles = (latency) =>
	latency ? [latency.p50.median, latency.p95, latency.p99].map(digits).join(' / ') : '–';

/** @param {Results} results */
export function printResults(results) {
	const { machine } = results;
	console.log(
		`Deliveries through n8n ${results.n8n}, ${results.mode} run of ${results.plan.rounds} rounds`,
	);
	console.log(machineText(machine));
	console.log("\nRatios: median of the rounds' own, lowest and highest");
	for (const run of results.runs) {
		console.log(RUNS[run.name].replaceAll('`', ''));
		for (const { name, aim, kept, ...ratio } of ratiosOf(run))
			report(name, ranged(ratio), aim && { target: aimText(aim), kept: Boolean(kept) });
	}
	for (const { engine, memory } of results.memory) {
		console.log(`Memory, ${RUNS[engine].replaceAll('`', '')}`);
		for (const each of memory) {
			const label = `growth after ${each.deliveries.toLocaleString('en')} ${nameOf(each)}`;
			report(label, `${each.growth.toFixed(1)} MB`, memoryAim(each));
		}
	}
	console.log(`\n${tablesOf(results)}`);
}

/** @param {{ name: string }} memory */
const nameOf = ({ name }) => (name === 'B' ? 'accepted' : name);

/** @param {Results['machine']} machine */
const machineText = ({ cores, cpu, gigabytes, system, node, load }) =>
	`${cores} cores (${cpu}), ${gigabytes} GB, ${system}, n8n on Node ${node}; load average before: ${load.map((one) => one.toFixed(2)).join(', ')}`;

/** @param {string[]} head @param {string[][]} rows */
const table = (head, rows) =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {Results} results */
function tablesOf(results) {
	const parts = results.runs.map(({ name, figures }) => {
		const rows = Object.entries(figures).map(([each, of]) => [
			CASES[each],
			ranged(paceOf(of.saturated)),
			ranged(executedOf(of.saturated)),
			ranged(cpuPerDelivery(of.saturated)),
			percentiles(latencyOf(of.single)),
			percentiles(latencyOf(of.fifth)),
			of.large.length > 0 ? ranged(paceOf(of.large)) : '–',
			percentiles(latencyOf(of.largeSingle)),
		]);
		const head = [
			'Side',
			'3 kB: deliveries a second',
			'Executed a second',
			'CPU each (ms)',
			'One connection (ms)',
			'At 20 % (ms)',
			'64 kB: a second',
			'One connection (ms)',
		];
		return `With ${RUNS[name]}:\n\n${table(head, rows)}`;
	});
	const memory = results.memory.flatMap(({ engine, memory: of }) =>
		of.map((each) => {
			const { deliveries, before, loaded, paused, collected, growth, isolates } = each;
			const megabytes = [before, loaded, paused, collected, growth].map((mb) => mb.toFixed(0));
			return [
				engine,
				nameOf(each),
				deliveries.toLocaleString('en'),
				...megabytes,
				String(isolates),
			];
		}),
	);
	const head = [
		'Engine',
		'B',
		'Deliveries',
		'Before',
		'After',
		'After a pause',
		'Collected',
		'Growth',
	];
	if (memory.length > 0)
		parts.push(
			`Memory of the n8n process (MB):\n\n${table([...head, 'Isolates of 9 MB'], memory)}`,
		);
	return parts.join('\n\n');
}

/** @param {Results} results */
function ratioTable({ runs }) {
	const ratios = runs.map((run) => ({ run: run.name, of: ratiosOf(run) }));
	const names = [...new Set(ratios.flatMap(({ of }) => of.map(({ name }) => name)))];
	const rows = names.map((name) => [
		name,
		...ratios.map(({ of }) => {
			const ratio = of.find((each) => each.name === name);
			if (!ratio) return '–';
			const { aim, kept } = ratio;
			return `${ranged(ratio)}${aim ? `<br>${aimText(aim)}: ${kept ? 'kept' : 'MISSED'}` : ''}`;
		}),
	]);
	return table(['', ...ratios.map(({ run }) => run)], rows);
}

/**
 * Puts the results between the README's markers.
 *
 * @param {Results} results
 */
export function writeReadme(results) {
	const text = readFileSync(README, 'utf8');
	const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`test/bench/README.md lacks ${BEGIN} or ${END}.`);
	const run = `${results.mode === 'full' ? 'A full' : 'A quick'} run of ${results.date.slice(0, 10)}, n8n ${results.n8n}, ${results.plan.rounds} rounds. ${machineText(results.machine)}.`;
	const parts = [run, ratioTable(results), tablesOf(results)];
	writeFileSync(
		README,
		`${text.slice(0, from)}${BEGIN}\n\n${parts.join('\n\n')}\n\n${text.slice(to)}`,
	);
}

/**
 * The results without what each round measured, for one line.
 *
 * @param {Results} results
 */
export function summaryOf({ runs, ...results }) {
	return {
		...results,
		ratios: runs.flatMap(ratiosOf),
		runs: runs.map(({ name, figures }) => ({
			name,
			cases: Object.fromEntries(
				Object.entries(figures).map(([each, of]) => [
					each,
					{
						perSecond: paceOf(of.saturated),
						executed: executedOf(of.saturated),
						cpuMs: cpuPerDelivery(of.saturated),
						single: latencyOf(of.single),
						fifth: latencyOf(of.fifth),
						...(of.large.length > 0 && {
							large: { perSecond: paceOf(of.large), single: latencyOf(of.largeSingle) },
						}),
					},
				]),
			),
		})),
	};
}
