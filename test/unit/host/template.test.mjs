import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgress } from '../../host/progress.mjs';
import { placeFirstData } from '../../host/template.mjs';

const progress = createProgress({ write: () => true });

/** @type {string} */
let root;
let starts = 0;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'talent-events-template-'));
	starts = 0;
});
afterEach(() => {
	rmSync(root, { recursive: true, force: true });
});

/** A first start of n8n, as far as its files go. @param {string} userFolder */
async function firstStart(userFolder) {
	starts++;
	mkdirSync(join(userFolder, '.n8n', 'storage'), { recursive: true });
	for (const [name, text] of Object.entries({
		config: '{"encryptionKey":"k"}',
		'database.sqlite': 'pages',
		'database.sqlite-wal': 'more pages',
		'n8nEventLog.log': 'started',
	}))
		writeFileSync(join(userFolder, '.n8n', name), text);
}

/** @param {string} name @param {string[]} [parts] @returns {Promise<(file: string) => string | undefined>} */
async function placed(name, parts = ['n8n 1']) {
	const userFolder = join(root, name);
	await placeFirstData({ userFolder, parts, firstStart, progress, root: join(root, 'cache') });
	return (file) => {
		const path = join(userFolder, '.n8n', file);
		return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
	};
}

const TEMPLATE = /^n8n-data-[0-9a-f]+$/;
const template = () =>
	join(root, 'cache', String(readdirSync(join(root, 'cache')).find((name) => TEMPLATE.test(name))));

it('starts n8n once, and gives each user folder its key and database', async () => {
	for (const name of ['one', 'two']) {
		const read = await placed(name);
		expect(read('config')).toBe('{"encryptionKey":"k"}');
		expect(read('database.sqlite')).toBe('pages');
		expect(read('database.sqlite-wal')).toBe('more pages');
		expect(read('n8nEventLog.log')).toBeUndefined();
		expect(read('files.json')).toBeUndefined();
	}
	expect(starts).toBe(1);
});

it('starts another n8n anew', async () => {
	await placed('one');
	await placed('two', ['n8n 2']);
	expect(starts).toBe(2);
});

it.each([
	['was changed', () => writeFileSync(join(template(), 'database.sqlite'), 'other')],
	['lost its database', () => rmSync(join(template(), 'database.sqlite'))],
	['lost its manifest', () => rmSync(join(template(), 'files.json'))],
])('makes a template again that %s', async (_what, damage) => {
	await placed('one');
	damage();
	const read = await placed('two');
	expect(read('database.sqlite')).toBe('pages');
	expect(starts).toBe(2);
	await placed('three');
	expect(starts).toBe(2);
});

it('keeps nothing of a first start that failed', async () => {
	const failing = async () => {
		throw new Error('n8n ended');
	};
	const options = { parts: ['n8n 1'], progress, root: join(root, 'cache') };
	await expect(
		placeFirstData({ ...options, userFolder: join(root, 'one'), firstStart: failing }),
	).rejects.toThrow('n8n ended');
	const read = await placed('two');
	expect(read('database.sqlite')).toBe('pages');
});
