import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installHost } from '../host/install.mjs';
import { expectNoSecrets, leaksIn, secretsOf } from '../host/secrets.mjs';
import { temporaryFolder } from '../host/temporary.mjs';

const SECRET = 'a "secret" of a test';
const SQL = `
	CREATE TABLE credentials_entity (data TEXT);
	CREATE TABLE execution_data (executionId TEXT, data TEXT, bytes BLOB);
	INSERT INTO credentials_entity VALUES (?1);
	INSERT INTO execution_data VALUES ('1', 'nothing', NULL);
	INSERT INTO execution_data VALUES ('2', ?2, ?3);
`;

/**
 * What n8n leaves, in small.
 *
 * @param {{ log?: string, text?: string, bytes?: string }} options
 */
async function left({ log = '', text = '', bytes = '' }) {
	const userFolder = temporaryFolder('secrets');
	mkdirSync(join(userFolder, '.n8n'));
	writeFileSync(join(userFolder, 'n8n.log'), log);
	writeFileSync(join(userFolder, '.n8n', 'config'), JSON.stringify({ encryptionKey: SECRET }));
	const { node } = await installHost();
	const fill = `
		const { DatabaseSync } = require('node:sqlite');
		const [database, sql, secret, text, bytes] = process.argv.slice(1);
		const db = new DatabaseSync(database);
		for (const statement of sql.split(';').filter((each) => each.trim())) {
			const values = { 1: secret, 2: text, 3: Buffer.from(bytes) };
			const named = [...statement.matchAll(/\\?(\\d)/g)].map(([, place]) => values[place]);
			db.prepare(statement.replace(/\\?\\d/g, '?')).run(...named);
		}
	`;
	const database = join(userFolder, '.n8n', 'database.sqlite');
	const { status, stderr } = spawnSync(
		node,
		['--no-warnings', '-e', fill, database, SQL, SECRET, text, bytes],
		{ encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(stderr);
	return userFolder;
}

describe('the search for secrets, which every test with a real n8n ends with', () => {
	const row = 'row 2 of execution_data';

	it.each([
		[{ log: `refused: ${SECRET}` }, 'n8n.log'],
		[{ text: JSON.stringify({ header: SECRET }) }, `${row}.data`],
		[{ text: `?token=${encodeURIComponent(SECRET)}` }, `${row}.data`],
		[{ bytes: `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}` }, `${row}.bytes`],
	])('finds %j', async (what, place) => {
		const userFolder = await left(what);
		const secrets = secretsOf({ user: 'user', password: SECRET });
		expect(await leaksIn(userFolder, secrets)).toEqual([place]);
		await expect(expectNoSecrets(userFolder, secrets)).rejects.toThrow(
			`A secret was left in ${place}.`,
		);
	});

	it('finds nothing in credentials and in n8n’s own key', async () => {
		expect(await leaksIn(await left({ text: 'public' }), [SECRET])).toEqual([]);
	});

	it('knows each secret of a credential, and what is none', () => {
		expect(
			secretsOf({
				method: 'hmac',
				secret: 'the-present-one',
				previousSecrets: 'the-first-one\nthe-second-one',
				apiKey: 'sk_live_0123456789',
				queryName: 'a-name-of-a-field',
			}),
		).toEqual(['the-present-one', 'the-first-one', 'the-second-one', 'sk_live_0123456789']);
	});
});
