import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { report } from '../measure.mjs';
import { ENGINES } from './options.mjs';
import { casesOf } from './sides.mjs';
import { startStage } from './stage.mjs';

const OWN = '/n8n-nodes-talent-events/dist/';
const CONNECTIONS = 10;
const LISTED = 10;
const WARM_UP_MS = 3_000;
const LOAD_MS = 12_000;
const MOST = 10_000;

/** @typedef {{ frame: string, ms: number, share: number }} Frame */
/** @typedef {{ file: string, deliveries: number, own: Frame[], all: Frame[] }} Profile */

/** Microseconds of the clock that V8's profiles use. */
const now = () => Number(process.hrtime.bigint() / 1000n);

/**
 * Where n8n's time goes while it takes accepted deliveries of the JOFI Trigger.
 *
 * @param {object} options
 * @param {string[]} options.tarballs
 * @param {import('./options.mjs').Engine} options.engine
 * @param {string} options.folder gets the profile
 * @param {import('../../host/progress.mjs').Progress} options.progress
 * @returns {Promise<Profile>}
 */
export async function profile({ tarballs, engine, folder, progress }) {
	const place = resolve(folder, engine);
	mkdirSync(place, { recursive: true });
	const env = { ...ENGINES[engine], NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${place}` };
	const stage = await startStage({ tarballs, sides: ['B'], env, progress });
	const { pid } = stage.main;
	let [from, to, deliveries] = [0, 0, 0];
	try {
		const [accepted] = casesOf(['B']);
		const job = { connections: CONNECTIONS, count: MOST };
		await stage.load(accepted, 'small', { ...job, count: 200, ms: WARM_UP_MS });
		from = now();
		deliveries = (await stage.load(accepted, 'small', { ...job, ms: LOAD_MS })).answered;
		to = now();
	} finally {
		await stage.stop();
	}
	const name = readdirSync(place).find((each) => each.split('.')[3] === String(pid));
	if (name === undefined) throw new Error(`n8n left no profile in ${place}.`);
	const file = join(place, name);
	const frames = selfTimes(JSON.parse(readFileSync(file, 'utf8')), from, to);
	const own = frames.filter(({ frame }) => frame.includes(OWN));
	return { file, deliveries, own: own.slice(0, LISTED), all: frames.slice(0, LISTED) };
}

/**
 * @typedef {object} CpuProfile
 * @property {number} startTime
 * @property {{ id: number, callFrame: { functionName: string, url: string, lineNumber: number } }[]} nodes
 * @property {number[]} samples ids of nodes
 * @property {number[]} timeDeltas microseconds since the sample before
 */

/**
 * @param {CpuProfile} profile
 * @param {number} from
 * @param {number} to
 * @returns {Frame[]} the costliest first
 */
function selfTimes({ startTime, nodes, samples, timeDeltas }, from, to) {
	const names = new Map(
		nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
			id,
			`${functionName || '(anonymous)'} ${url.replace('file://', '')}${url && `:${lineNumber + 1}`}`.trim(),
		]),
	);
	/** @type {Map<string, number>} */
	const times = new Map();
	let at = startTime;
	for (const [index, id] of samples.entries()) {
		at += timeDeltas[index];
		const frame = String(names.get(id));
		if (at < from || at > to || frame === '(idle)') continue;
		times.set(frame, (times.get(frame) ?? 0) + timeDeltas[index] / 1000);
	}
	const whole = (to - from) / 1000;
	return [...times]
		.map(([frame, ms]) => ({ frame, ms, share: ms / whole }))
		.sort((a, b) => b.ms - a.ms);
}

/** @param {string} engine @param {Profile} result */
export function printProfile(engine, { file, deliveries, own, all }) {
	console.log(`\n${engine}: ${deliveries} deliveries, ${file}`);
	for (const [title, frames] of /** @type {const} */ ([
		["Costliest of this package's dist, self time", own],
		['Costliest of all, self time', all],
	])) {
		console.log(title);
		for (const { frame, ms, share } of frames) {
			const short = frame.replace(/\S*\/node_modules\//, '');
			report(short, `${ms.toFixed(1)} ms ${(share * 100).toFixed(1)} %`);
		}
	}
}
