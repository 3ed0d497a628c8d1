/**
 * Runs on n8n's Node, which has SQLite: searches a database for texts. Standard input is
 * `{ database, except, texts }`, all tables but `except`; standard output is a JSON list of
 * `{ text, table, column, row }`, `text` being a place in `texts`.
 */
import { readFileSync } from 'node:fs';

// By name, because older versions of Node, and the types of the tests, know no SQLite.
const { DatabaseSync } = await import(/** @type {string} */ ('node:sqlite'));

/** @type {{ database: string, except: string[], texts: string[] }} */
const { database, except, texts } = JSON.parse(readFileSync(0, 'utf8'));
const db = new DatabaseSync(database);
/** @type {{ name: string }[]} */
const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
const found = [];
for (const { name: table } of tables) {
	if (except.includes(table)) continue;
	let row = 0;
	for (const values of db.prepare(`SELECT * FROM "${table}"`).iterate()) {
		row++;
		for (const [column, value] of Object.entries(values)) {
			const content = value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
			for (const [text, wanted] of texts.entries())
				if (content.includes(wanted)) found.push({ text, table, column, row });
		}
	}
}
db.close();
console.log(JSON.stringify(found));
