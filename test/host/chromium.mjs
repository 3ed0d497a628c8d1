import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian.mjs';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser for tests in the editor. On Debian as root a missing one is installed.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string | undefined>} its executable; `undefined` when there is none
 * @throws {Error} when `CHROMIUM_PATH` names a file that does not exist, or there is none although
 * `CI` is set
 */
export async function ensureChromium(progress) {
	const named = process.env.CHROMIUM_PATH;
	if (named) {
		if (existsSync(named)) return named;
		throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
	}
	const find = () => PLACES.find((path) => existsSync(path));
	if (!find()) await installDebianPackages(['chromium'], progress);
	const found = find();
	if (found) return found;
	const remedy = 'install Chromium or Chrome, or name its executable in CHROMIUM_PATH';
	if (process.env.CI) throw new Error(`No Chromium for the editor test: ${remedy}.`);
	progress.say(`no Chromium found, the editor test will be skipped: ${remedy}`);
	return undefined;
}
