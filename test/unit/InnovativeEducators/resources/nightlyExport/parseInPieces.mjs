/**
 * Parses a text that arrives in pieces.
 *
 * @template Parsed
 * @param {import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/row.js').Parser<Parsed>} parser
 * @param {string} text
 * @param {readonly number[]} [lengths] of the pieces, used in turn; the whole text at once by
 * default
 * @returns {Parsed[]}
 */
export function parseInPieces(parser, text, lengths = [text.length || 1]) {
	const rows = [];
	for (let at = 0, piece = 0; at < text.length; at += lengths[piece++ % lengths.length]) {
		for (const row of parser.push(text.slice(at, at + lengths[piece % lengths.length])))
			rows.push(row);
	}
	return [...rows, ...parser.end()];
}
