import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installHost } from './install.mjs';

/** Fields of credentials that hold secrets, one a line where there are several. */
const SECRET_FIELD = /secret|password|key$|token$/i;
/** Shorter ones are parts of ordinary words. */
const SHORTEST = 8;
/** Where n8n keeps credentials, encrypted, and the keys to its own API. */
const TABLES_OF_SECRETS = ['credentials_entity', 'user_api_keys'];
const DATABASE = 'database.sqlite';
/** n8n's own key, the database, which is read as such, and installed packages. */
const SKIPPED = new RegExp(`^(config|${DATABASE}.*|node_modules|nodes|cache)$`);
const SEARCH = fileURLToPath(new URL('./search-database.mjs', import.meta.url));

/**
 * @param {object} data of a credential
 * @returns {string[]} its secrets, also as they are written in a header of Basic Auth
 */
export function secretsOf(data) {
	const fields = Object.entries(data).filter(
		(/** @type {[string, unknown]} */ [name, value]) =>
			SECRET_FIELD.test(name) && typeof value === 'string',
	);
	const secrets = fields.flatMap(([, value]) => value.split(/\s*\n\s*/));
	const { user, username = user } = /** @type {Record<string, unknown>} */ (data);
	const logins =
		username === undefined ? [] : secrets.map((secret) => base64(`${username}:${secret}`));
	return [...secrets, ...logins].filter(({ length }) => length >= SHORTEST);
}

/**
 * Searches everything that n8n leaves, once it has stopped: its logs, its files and every row of its
 * database, so executions with their items and errors, workflows and statistics.
 *
 * @param {string} userFolder n8n's `N8N_USER_FOLDER`
 * @param {readonly string[]} secrets
 * @returns {Promise<string[]>} where one was found, each place once; no place names a secret
 */
export async function leaksIn(userFolder, secrets) {
	const texts = [...new Set(secrets.flatMap(spellings))];
	const files = filesIn(userFolder).filter((file) => {
		const content = readFileSync(file, 'utf8');
		return texts.some((text) => content.includes(text));
	});
	const database = join(userFolder, '.n8n', DATABASE);
	const rows = existsSync(database) ? await rowsIn(database, texts) : [];
	return [...new Set([...files.map((file) => file.slice(userFolder.length + 1)), ...rows])];
}

/**
 * @param {string} userFolder
 * @param {readonly string[]} secrets
 * @throws {Error} that names every place where one was found
 */
export async function expectNoSecrets(userFolder, secrets) {
	const leaks = secrets.length === 0 ? [] : await leaksIn(userFolder, secrets);
	if (leaks.length > 0) throw new Error(`A secret was left in ${leaks.join(', ')}.`);
}

/** A secret as it is, in URLs, in JSON and in base64. @param {string} secret */
const spellings = (secret) => [
	secret,
	encodeURIComponent(secret),
	JSON.stringify(secret).slice(1, -1),
	base64(secret),
];

/** Without the end, which depends on what follows. @param {string} text */
const base64 = (text) => Buffer.from(text).toString('base64').replace(/.?=*$/, '');

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (SKIPPED.test(entry.name)) return [];
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return filesIn(path);
		return entry.isFile() ? [path] : [];
	});
}

/**
 * @param {string} database
 * @param {string[]} texts
 */
async function rowsIn(database, texts) {
	const { node } = await installHost();
	const { status, stdout, stderr } = spawnSync(node, ['--no-warnings', SEARCH], {
		input: JSON.stringify({ database, except: TABLES_OF_SECRETS, texts }),
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	if (status !== 0) throw new Error(`${database} could not be searched: ${stderr}`);
	/** @type {{ table: string, column: string, row: number }[]} */
	const found = JSON.parse(stdout);
	return found.map(({ table, column, row }) => `row ${row} of ${table}.${column}`);
}
