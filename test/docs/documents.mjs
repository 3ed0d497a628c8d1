import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../host/repository.mjs';
import { parse } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

const FOLDERS = ['docs', 'examples', 'deploy', '.github'];

/** A folder's files, as paths from the top of the repository. @param {string} folder */
export const filesIn = (folder) =>
	readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).map(
		(file) => `${folder}/${file.replaceAll('\\', '/')}`,
	);

/**
 * @returns {string[]} the Markdown files of the repository that people read, as paths from its top
 */
function paths() {
	const inFolders = FOLDERS.filter((folder) => existsSync(join(REPOSITORY, folder))).flatMap(
		filesIn,
	);
	return [...readdirSync(REPOSITORY), ...inFolders].filter((file) => file.endsWith('.md')).sort();
}

/** @param {string} path from the top of the repository */
export const read = (path) => readFileSync(join(REPOSITORY, path), 'utf8');

/** @type {Document[]} */
export const documents = paths().map((path) => parse(path, read(path)));
