/** What bytes say, and how they were read. */
export interface Decoded {
	text: string;
	/** In the names of the WHATWG: `utf-8`, `windows-1252`, `utf-16le` and so on. */
	encoding: string;
}

export const UTF_8 = 'utf-8';
const WINDOWS_1252 = 'windows-1252';

/** What Windows-1252 has in the places of Latin-1's controls; Node 20 reads those as Latin-1. */
const OF_WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const windows1252 = (bytes: Buffer): string =>
	bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (control) => OF_WINDOWS[control.charCodeAt(0) - 0x80]);

/** The text, if the bytes are UTF-8 throughout. The usual way reports a mistake by an error, which is slow. */
function utf8(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8');
	return !text.includes('\uFFFD') || Buffer.from(text).equals(bytes) ? text.replace(/^\uFEFF/, '') : undefined;
}

/** What the first bytes say of the encoding. */
export function marked(bytes: Buffer): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** A name of an encoding as the WHATWG has it; `undefined` for one that nobody knows. ASCII says nothing of other characters. */
function encodingNamed(charset: string, bytes: Buffer): string | undefined {
	if (/^(us-)?ascii$/i.test(charset)) return undefined;
	if (/^utf-?16$/i.test(charset)) return bytes[0] === 0 ? 'utf-16be' : 'utf-16le';
	try {
		return new TextDecoder(charset).encoding;
	} catch {
		return undefined;
	}
}

/** The text in an encoding, if the bytes are of it. */
function decodedAs(encoding: string, bytes: Buffer): string | undefined {
	if (encoding === UTF_8) return utf8(bytes);
	if (encoding === WINDOWS_1252) return windows1252(bytes);
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/**
 * The text of bytes from outside, without a byte order mark: in the encoding that they begin with or that is
 * declared, if they are of it; else as UTF-8, and what is no UTF-8 as Windows-1252, in which all bytes are text.
 *
 * @param charset as the sender declares it, if it does
 */
export function decodeText(bytes: Buffer, charset = ''): Decoded {
	const declared = marked(bytes) ?? (charset === '' ? undefined : encodingNamed(charset, bytes));
	for (const encoding of [declared, UTF_8]) {
		const text = encoding === undefined ? undefined : decodedAs(encoding, bytes);
		if (encoding !== undefined && text !== undefined) return { text, encoding };
	}
	return { text: windows1252(bytes), encoding: WINDOWS_1252 };
}

/** The text of a header, of which Node makes a character of each byte, whatever the encoding. */
export const decodeHeader = (value: string): string =>
	/^[\0-\u00ff]*$/.test(value) ? decodeText(Buffer.from(value, 'latin1')).text : value;

/** The charset in a Content-Type; an empty text if it has none. */
export const charsetIn = (contentType: string): string => /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? '';
