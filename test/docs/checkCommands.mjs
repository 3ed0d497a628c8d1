import { place } from './markdown.mjs';
import { commandsOf, syntaxProblem } from './shell.mjs';

/** @typedef {import('./markdown.mjs').Document} Document */

/**
 * How a command is known to work.
 *
 * @typedef {object} Known
 * @property {RegExp} command the beginning of the command, or all of it
 * @property {string} [test] the file that runs it
 * @property {string} [reason] why nothing here runs it
 */

/**
 * What the repository has for commands to name.
 *
 * @typedef {object} Repository
 * @property {readonly string[]} scripts of package.json
 * @property {readonly string[]} projects of jest
 * @property {(path: string) => boolean} exists
 * @property {string} n8n the pinned version
 */

/** Languages of blocks that are no commands. A block names its language. */
const OTHER_LANGUAGES = [
	'csv',
	'css',
	'diff',
	'ini',
	'js',
	'json',
	'mermaid',
	'nginx',
	'text',
	'ts',
	'yaml',
];
/** The programs that a piece of code in a line may be a call of. */
const PROGRAMS = /^(npm|npx|node|docker|bash|sh|git|curl|openssl|mkdir|tar|cd|cp|export) \S/;

/**
 * @param {Document} document
 * @returns {string[]} the commands of its blocks
 */
export const commandsIn = ({ blocks }) =>
	blocks.filter(({ lang }) => lang === 'sh').flatMap(({ text }) => commandsOf(text));

/**
 * What is wrong with a document's commands, in blocks and in lines.
 *
 * @param {Document} document
 * @param {Repository} repository
 * @param {readonly Known[]} known
 * @returns {string[]} a finding each
 */
export function checkCommands(document, repository, known) {
	const at = (/** @type {string} */ command) => place(document, command);
	const languages = document.blocks
		.filter(({ lang }) => lang !== 'sh' && !OTHER_LANGUAGES.includes(lang))
		.map(({ lang, text }) => `${at(text)}: a block of code in the language "${lang}"`);
	const syntax = document.blocks
		.filter(({ lang }) => lang === 'sh')
		.flatMap(({ text }) => {
			const problem = syntaxProblem(text);
			return problem === undefined ? [] : [`${at(text)}: ${problem}`];
		});
	const json = document.blocks
		.filter(({ lang, text }) => lang === 'json' && !isJson(text))
		.map(({ text }) => `${at(text)}: a block of JSON that cannot be parsed`);
	const inBlocks = commandsIn(document);
	const unknown = inBlocks
		.filter((command) => !known.some((each) => each.command.test(command)))
		.map((command) => `${at(command)}: nothing says how "${command}" is known to work`);
	const inLines = document.code.filter((code) => PROGRAMS.test(code)).flatMap(commandsOf);
	const named = [...new Set([...inBlocks, ...inLines])].flatMap((command) =>
		argumentProblems(command, repository).map((problem) => `${at(command)}: ${problem}`),
	);
	return [
		...languages,
		...json,
		...syntax,
		...unknown,
		...named,
		...imageProblems(document, repository),
	];
}

/** @param {string} text */
function isJson(text) {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/**
 * @param {string} command
 * @param {Repository} repository
 * @returns {string[]} what it names that the repository does not have
 */
function argumentProblems(command, { scripts, projects, exists }) {
	const [program, ...words] = command.split(/\s+/);
	if (program === 'npm') {
		const script = words[0] === 'run' ? words[1] : words[0];
		const isScript = words[0] === 'run' || ['start', 'test'].includes(script);
		if (isScript && !scripts.includes(script)) return [`there is no script "${script}"`];
		const from = words.indexOf('--selectProjects');
		const after = from < 0 ? [] : words.slice(from + 1);
		const end = after.findIndex((word) => word.startsWith('-'));
		return after
			.slice(0, end < 0 ? undefined : end)
			.filter((project) => !projects.includes(project))
			.map((project) => `there is no test project "${project}"`);
	}
	if (program === 'node' || program === 'bash') {
		const file = words.find((word) => !word.startsWith('-'));
		if (file !== undefined && /^[\w./-]+$/.test(file) && !exists(file))
			return [`there is no file ${file}`];
	}
	return [];
}

/**
 * @param {Document} document
 * @param {Repository} repository
 */
function imageProblems(document, { n8n }) {
	const images = document.text.match(
		/(?<![\w/-])(docker\.n8n\.io\/)?n8nio\/(n8n|runners)\b(:[\w.-]+)?/g,
	);
	return [...new Set(images)]
		.filter((image) => !image.endsWith(`:${n8n}`))
		.map((image) => `${place(document, image)}: the image ${image} is not of n8n ${n8n}`);
}

/**
 * @param {readonly Document[]} documents
 * @param {readonly Known[]} known
 * @returns {string[]} a finding for each entry that no command needs
 */
export function checkKnown(documents, known) {
	const commands = documents.flatMap(commandsIn);
	return known
		.filter(({ command }) => !commands.some((each) => command.test(each)))
		.map(({ command }) => `no document has a command ${command}`);
}
