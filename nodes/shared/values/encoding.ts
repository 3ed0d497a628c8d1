/** Decoded text and its original encoding. */
export interface Decoded {
	text: string;
	/** By its WHATWG name: `utf-8`, `windows-1252`, `utf-16le` and so on. */
	encoding: string;
}

export const UTF_8 = 'utf-8';
const WINDOWS_1252 = 'windows-1252';

/**
 * What Windows-1252 has in place of Latin-1's control characters; Node 20 decodes it as Latin-1.
 */
const WINDOWS_1252_CHARACTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const windows1252 = (bytes: Buffer): string =>
	bytes
		.toString('latin1')
		.replace(
			/[\u0080-\u009f]/g,
			(control) => WINDOWS_1252_CHARACTERS[control.charCodeAt(0) - 0x80],
		);

/** The text if all bytes are valid UTF-8. A fatal `TextDecoder` would throw, which is slow. */
function utf8(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8');
	return !text.includes('\uFFFD') || Buffer.from(text).equals(bytes)
		? text.replace(/^\uFEFF/, '')
		: undefined;
}

/** The encoding that a byte order mark indicates; `undefined` for UTF-8 and without a mark. */
export function bomEncoding(bytes: Buffer): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/**
 * The WHATWG name of a charset; `undefined` if unknown, and for ASCII, which leaves all other bytes
 * open.
 */
function encodingOf(charset: string, bytes: Buffer): string | undefined {
	if (/^(us-)?ascii$/i.test(charset)) return undefined;
	if (/^utf-?16$/i.test(charset)) return bytes[0] === 0 ? 'utf-16be' : 'utf-16le';
	try {
		return new TextDecoder(charset).encoding;
	} catch {
		return undefined;
	}
}

/** The text if the bytes are valid in this encoding. */
function decodeAs(encoding: string, bytes: Buffer): string | undefined {
	if (encoding === UTF_8) return utf8(bytes);
	if (encoding === WINDOWS_1252) return windows1252(bytes);
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/**
 * Decodes bytes from outside, without their byte order mark: in the encoding of that mark, or the
 * declared one, if the bytes are valid in it; otherwise as UTF-8, and if they are not UTF-8, as
 * Windows-1252, in which all bytes are text.
 *
 * @param charset as the sender declares it, if at all
 */
export function decodeText(bytes: Buffer, charset = ''): Decoded {
	const declared = bomEncoding(bytes) ?? (charset === '' ? undefined : encodingOf(charset, bytes));
	for (const encoding of [declared, UTF_8]) {
		const text = encoding === undefined ? undefined : decodeAs(encoding, bytes);
		if (encoding !== undefined && text !== undefined) return { text, encoding };
	}
	return { text: windows1252(bytes), encoding: WINDOWS_1252 };
}

/** The text of a header, in which Node turns each byte into a character, whatever the encoding. */
export const decodeHeader = (value: string): string =>
	/^[\0-\u00ff]*$/.test(value) ? decodeText(Buffer.from(value, 'latin1')).text : value;

/** The charset in a Content-Type; an empty string if there is none. */
export const charsetIn = (contentType: string): string =>
	/;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? '';
