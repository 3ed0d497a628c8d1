/** What a program needs of the surrounding environment to run at all. */
const NEEDED = [
	'PATH',
	'HOME',
	'USER',
	'LOGNAME',
	'SHELL',
	'LANG',
	'TZ',
	'TMPDIR',
	'TMP',
	'TEMP',
	'USERPROFILE',
	'APPDATA',
	'LOCALAPPDATA',
	'SYSTEMROOT',
	'SYSTEMDRIVE',
	'COMSPEC',
	'PATHEXT',
	'WINDIR',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NO_PROXY',
	'SSL_CERT_FILE',
	'NODE_EXTRA_CA_CERTS',
];

/**
 * npm settings that say where packages come from; all others would change what an install inside an
 * install does.
 */
const NPM_SOURCE =
	/^npm_config_(registry|cache|userconfig|globalconfig|cafile|ca|strict_ssl|proxy|https_proxy|noproxy|fetch_.*|maxsockets|.*:.*)$/;

/**
 * The environment for a program that must behave the same whoever starts it: nothing of npm, of
 * jest or of another n8n leaks in.
 *
 * @param {Record<string, string | undefined>} [extra] added last; `undefined` is left out
 * @param {NodeJS.ProcessEnv} [from]
 * @returns {Record<string, string>}
 */
export function plainEnvironment(extra = {}, from = process.env) {
	return keep({
		...pick(from, (name) => NEEDED.includes(name.toUpperCase()) || name.startsWith('LC_')),
		...extra,
	});
}

/**
 * The environment for npm: the plain one, and where packages come from. Without this, an `npm run`
 * around it would pass on its own settings, such as `ignore-scripts`, as variables that outrank the
 * files.
 *
 * @param {Record<string, string | undefined>} [extra]
 * @param {NodeJS.ProcessEnv} [from]
 * @returns {Record<string, string>}
 */
export function npmEnvironment(extra = {}, from = process.env) {
	return plainEnvironment(
		{ ...pick(from, (name) => NPM_SOURCE.test(name.toLowerCase())), ...extra },
		from,
	);
}

/**
 * @param {NodeJS.ProcessEnv} from
 * @param {(name: string) => boolean} wanted
 */
function pick(from, wanted) {
	return Object.fromEntries(Object.entries(from).filter(([name]) => wanted(name)));
}

/**
 * @param {Record<string, string | undefined>} values
 * @returns {Record<string, string>}
 */
function keep(values) {
	/** @type {Record<string, string>} */
	const kept = {};
	for (const [name, value] of Object.entries(values)) if (value !== undefined) kept[name] = value;
	return kept;
}
