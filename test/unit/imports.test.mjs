import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const nodes = fileURLToPath(new URL('../../nodes/', import.meta.url));

/** Every source file of the package's nodes, by its path in nodes/. */
const files = readdirSync(nodes, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.ts'),
);

/**
 * The files that a file imports, by their paths in nodes/.
 *
 * @param {string} file
 * @param {string} source
 */
function importsOf(file, source) {
	const { importedFiles } = ts.preProcessFile(source, true, true);
	return importedFiles
		.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'))
		.map((name) => {
			const base = join(nodes, dirname(file), name);
			const found = [`${base}.ts`, join(base, 'index.ts')].find(existsSync);
			if (!found) throw new Error(`${file} imports ${name}, which does not exist`);
			return relative(nodes, found);
		});
}

/**
 * The part of the house that a file belongs to: a folder of shared/, or a provider's folder.
 *
 * @param {string} file
 */
function areaOf(file) {
	const [first, second] = file.split('/');
	return first === 'shared' ? `shared/${second}` : first;
}

/** What each folder of shared/ may import besides itself. @type {Record<string, string[]>} */
const ALLOWED = {
	'shared/values': [],
	'shared/events': ['shared/values'],
	'shared/http': ['shared/values'],
	'shared/webhook': ['shared/events', 'shared/http', 'shared/values'],
	'shared/polling': ['shared/events', 'shared/http', 'shared/values'],
	'shared/actions': ['shared/events', 'shared/http', 'shared/values', 'shared/webhook'],
};

/** Whether a file of one area may import one of another. @param {string} from @param {string} to */
const mayImport = (from, to) =>
	from === to || (ALLOWED[from]?.includes(to) ?? to.startsWith('shared/'));

/** @param {Map<string, string[]>} graph */
const forbiddenIn = (graph) =>
	[...graph].flatMap(([file, imported]) =>
		imported
			.filter((each) => !mayImport(areaOf(file), areaOf(each)))
			.map((each) => `${file} → ${each}`),
	);

/** The circles in a graph, each from one of its files on. @param {Map<string, string[]>} graph */
function circlesIn(graph) {
	/** @type {string[]} */
	const circles = [];
	const done = new Set();
	/** @param {string} file @param {string[]} path */
	function visit(file, path) {
		if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
		if (done.has(file) || path.includes(file)) return;
		for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
		done.add(file);
	}
	for (const file of graph.keys()) visit(file, []);
	return circles;
}

const graph = new Map(
	files.map((file) => [file, importsOf(file, readFileSync(join(nodes, file), 'utf8'))]),
);

test('a provider imports only shared/, and shared/ only what lies below it', () => {
	expect(files.length).toBeGreaterThan(150);
	expect(forbiddenIn(graph)).toEqual([]);
});

test('no file imports itself, directly or indirectly', () => {
	expect(circlesIn(graph)).toEqual([]);
});

describe('the rules notice', () => {
	const PROVIDER = 'Jofi/provider.ts';

	test.each([
		['another provider', PROVIDER, 'Regpack/provider.ts'],
		['an arrow upward', 'shared/events/identify.ts', 'shared/webhook/receive.ts'],
		['a provider in shared/', 'shared/webhook/receive.ts', PROVIDER],
		['a sibling', 'shared/polling/poll.ts', 'shared/webhook/receive.ts'],
	])('%s', (_, from, to) => {
		expect(forbiddenIn(new Map([[from, [to]]]))).toEqual([`${from} → ${to}`]);
	});

	test('a circle', () => {
		const circle = new Map([
			['a', ['b']],
			['b', ['c']],
			['c', ['b']],
		]);
		expect(circlesIn(circle)).toEqual(['b → c → b']);
	});
});
