const SPACE = /\s/;

/** The position after the string or comment that starts here, or after this one character. */
function endOf(text: string, at: number): number {
	if (text[at] === '"') {
		let end = at + 1;
		while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
		return end + 1;
	}
	if (text.startsWith('//', at)) {
		const end = text.indexOf('\n', at);
		return end < 0 ? text.length : end;
	}
	if (text.startsWith('/*', at)) {
		const end = text.indexOf('*/', at + 2);
		return end < 0 ? text.length : end + 2;
	}
	return at + 1;
}

/**
 * The text without comments, and without commas before a closing bracket; strings stay as they are.
 * It is not certain to be JSON, only more likely.
 */
export function relaxedJson(text: string): string {
	const kept: string[] = [];
	/** The position of a comma that nothing has followed yet. */
	let comma = -1;
	for (let at = 0, end = 0; at < text.length; at = end) {
		end = endOf(text, at);
		const piece = text.slice(at, end);
		if (piece.startsWith('//') || piece.startsWith('/*') || SPACE.test(piece[0])) {
			kept.push(' ');
			continue;
		}
		if (comma >= 0 && (piece === '}' || piece === ']')) kept[comma] = '';
		comma = piece === ',' ? kept.length : -1;
		kept.push(piece);
	}
	return kept.join('');
}
