/**
 * Gives a text to a splitter in pieces.
 *
 * @template Found
 * @param {import('../../../../../nodes/InnovativeEducators/resources/nightlyExport/types.js').RecordParser<Found>} splitter
 * @param {string} text
 * @param {readonly number[]} [lengths] of the pieces, used in turn; the whole text at once without them
 * @returns {Found[]}
 */
export function split(splitter, text, lengths = [text.length || 1]) {
	const found = [];
	for (let at = 0, piece = 0; at < text.length; at += lengths[piece++ % lengths.length]) {
		found.push(...splitter.push(text.slice(at, at + lengths[piece % lengths.length])));
	}
	return [...found, ...splitter.end()];
}
