import { spawnSync } from 'node:child_process';

/**
 * The simple commands of a piece of shell: its parts between separators, and those inside `$(…)`,
 * without what they assign to variables.
 *
 * @param {string} script
 * @returns {string[]}
 */
export function commandsOf(script) {
	const commands = [''];
	/** Where the text is: inside of quotes or of a `$(…)`, the innermost last. @type {string[]} */
	const inside = [];
	const text = withoutHereDocuments(script.replace(/\\\r?\n\s*/g, ' '));
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		const last = inside.at(-1);
		if (last === "'") {
			commands[commands.length - 1] += character;
			if (character === "'") inside.pop();
			continue;
		}
		if (character === '\\') commands[commands.length - 1] += character + (text[++at] ?? '');
		else if (text.startsWith('$(', at)) {
			inside.push('(');
			commands.push('');
			at++;
		} else if (character === ')' && last === '(') {
			inside.pop();
			commands.push('');
		} else if (character === '"') {
			if (last === '"') inside.pop();
			else inside.push('"');
			commands[commands.length - 1] += character;
		} else if (last === '"') commands[commands.length - 1] += character;
		else if (character === "'") {
			inside.push("'");
			commands[commands.length - 1] += character;
		} else if (character === '#' && /(^|\s)$/.test(text.slice(0, at))) {
			const end = text.indexOf('\n', at);
			at = (end < 0 ? text.length : end) - 1;
		} else if ('\n;|&'.includes(character)) commands.push('');
		else commands[commands.length - 1] += character;
	}
	return commands.map(withoutAssignments).filter((command) => /^[\w./~$-]/.test(command));
}

/** @param {string} script */
function withoutHereDocuments(script) {
	return script.replace(/<<-?\s*(['"]?)(\w+)\1[^\n]*\n[\s\S]*?\n\s*\2(?=\n|$)/g, '');
}

/** @param {string} command */
function withoutAssignments(command) {
	return command
		.trim()
		.replace(/^(?:export\s+|sudo\s+)?(?:[A-Za-z_]\w*=(?:'[^']*'|"[^"]*"|\S*)\s*)*/, '');
}

/**
 * @param {string} script
 * @returns {string | undefined} what bash finds wrong with it
 */
export function syntaxProblem(script) {
	const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
	return status === 0 ? undefined : stderr.trim();
}
