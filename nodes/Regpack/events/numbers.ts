import { asText } from '../../shared/values/text';

/** Longer than any number that anybody counts with. */
const LONGEST = 40;

/** Digits in groups of three with the same sign between them, and decimals after another sign. */
const GROUPED = /^-?[1-9]\d{0,2}([,.'’ \u00a0\u2009\u202f])\d{3}(\1\d{3})*((?!\1)[.,]\d+)?$/;

const PLAIN = /^-?\d+([.,]\d+)?$/;

/** @param decimals the end of the text, with its sign */
const numberOf = (text: string, decimals = ''): number =>
	Number(
		`${text.slice(0, text.length - decimals.length).replace(/[^-\d]/g, '')}.${decimals.slice(1) || '0'}`,
	);

/**
 * A number that Regpack writes as text. In the examples it has a decimal point and no other
 * separator; how it writes numbers above 999 is not documented, so `1,234.00`, `1.234,00` and `1
 * 234.00` are all accepted.
 *
 * @param ofOneGroup the value of `1,234` or `1.234`, which is ambiguous
 * @returns `null` for anything that is not a number or is ambiguous
 */
function numberIn(value: unknown, ofOneGroup: (text: string) => number | null): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	const text = asText(value)?.trim() ?? '';
	if (text.length > LONGEST) return null;
	const grouped = GROUPED.exec(text);
	if (!grouped) {
		const plain = PLAIN.exec(text);
		return plain && numberOf(text, plain[1]);
	}
	const [, sign, more, decimals] = grouped;
	const isOneGroup = /[,.]/.test(sign) && more === undefined && decimals === undefined;
	return isOneGroup ? ofOneGroup(text) : numberOf(text, decimals);
}

/** An amount; `null` for `1,234`, which may mean a thousand or a little more than one. */
export const amountIn = (value: unknown): number | null => numberIn(value, () => null);

/** A count, in which `1,234` is more than a thousand. */
export const countIn = (value: unknown): number | null => numberIn(value, numberOf);
