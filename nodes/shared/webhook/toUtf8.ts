import { charsetIn, decodeText, UTF_8 } from '../values/encoding';

/** A body in UTF-8. */
export interface Utf8Body {
	body: Buffer;
	/** How it was encoded, unless it was UTF-8. */
	encoding?: string;
}

/**
 * Each field is decoded by itself, which takes long; a form has some hundred. A larger one is left
 * as it is.
 */
const MAX_FIELDS = 20_000;

const NOT_ASCII = /[\u0080-\u00ff]|%[89a-f][\da-f]/i;

/** A charset for a form, whose delimiters are ASCII. */
const formCharset = (contentType: string): string => {
	const charset = charsetIn(contentType);
	return /^utf-?(16|32)/i.test(charset) ? '' : charset;
};

const bytesIn = (escaped: string): Buffer =>
	Buffer.from(
		escaped.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	);

/** A urlencoded form; each name and value has its own encoding. */
function urlencodedToUtf8(body: Buffer, charset: string): Utf8Body {
	const form = body.toString('latin1');
	if (!NOT_ASCII.test(form) || form.split('&', MAX_FIELDS + 1).length > MAX_FIELDS) return { body };
	let encoding: string | undefined;
	const text = form.replace(/[^&=]+/g, (part) => {
		if (!NOT_ASCII.test(part)) return part;
		const decoded = decodeText(bytesIn(part.replace(/\+/g, ' ')), charset);
		if (decoded.encoding === UTF_8) return part;
		({ encoding } = decoded);
		return encodeURIComponent(decoded.text);
	});
	return encoding === undefined ? { body } : { body: Buffer.from(text, 'latin1'), encoding };
}

/**
 * The body in UTF-8, whatever its encoding (see `decodeText`). In a form each name and value is
 * decoded by itself. A body in UTF-8 is returned as it is.
 */
export function toUtf8(body: Buffer, contentType: string): Utf8Body {
	if (
		/^\s*application\/x-www-form-urlencoded\b/i.test(contentType) &&
		!/^(\xef\xbb\xbf)?\s*[[{]/.test(body.toString('latin1', 0, 100))
	) {
		return urlencodedToUtf8(body, formCharset(contentType));
	}
	const { text, encoding } = decodeText(body, charsetIn(contentType));
	return encoding === UTF_8 ? { body } : { body: Buffer.from(text), encoding };
}
