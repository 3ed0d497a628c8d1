import { LONGEST_RECORD, TOO_LONG, type FilePosition, type RecordParser, type Unreadable } from './types';

/** The fields of one record, without their quotation marks. */
export interface Fields extends FilePosition {
	fields: string[];
}

const COMMA = 44;
const QUOTE = 34;
const CR = 13;
const LF = 10;

/** Where in a record the next character stands. */
enum At {
	/** Before the first character of a field. */
	Start,
	Plain,
	Quoted,
	/** After a quotation mark in a quoted field: the end of the field, or half of a doubled one. */
	Quote,
	/** After the CR behind a quoted field. */
	QuoteCr,
	/** Behind what cannot be read, up to the end of the line. */
	Junk,
}

/**
 * Splits CSV (RFC 4180; lines end in CR LF or LF, blank ones are none) into records. What RFC 4180 forbids makes
 * a record unreadable, and reading goes on with the line after the one on which it begins: a quotation mark that
 * is never closed would take the rest of the file with it. A record that is too long is left out up to where it
 * properly ends, so that nobody makes rows by writing them into a very long text.
 */
export class CsvParser implements RecordParser<Fields | Unreadable> {
	private text = '';
	/** Places in `text`: what to look at next, and where things begin. */
	private next = 0;
	private recordFrom = 0;
	private fieldFrom = 0;
	private lastQuote = 0;
	private at = At.Start;
	private hasDoubled = false;
	private isTooLong = false;
	private fields: string[] = [];
	/** Line ends in the record so far; it begins on `line`. */
	private moreLines = 0;
	private found: Array<Fields | Unreadable> = [];

	/**
	 * @param line the first
	 * @param longest record, in characters
	 */
	constructor(
		private line = 1,
		private readonly longest = LONGEST_RECORD,
	) {}

	push(text: string): Array<Fields | Unreadable> {
		this.text += text;
		this.scan();
		this.isTooLong ||= this.at !== At.Junk && this.next - this.recordFrom > this.longest;
		this.forget(this.isTooLong || this.at === At.Junk ? this.next : this.recordFrom);
		return this.take();
	}

	end(): Array<Fields | Unreadable> {
		while (this.at === At.Quoted && !this.isTooLong) {
			this.fail('has a quotation mark that is never closed');
			this.scan();
		}
		if (this.next > this.recordFrom || this.isTooLong) this.endRecord(this.next);
		return this.take();
	}

	private take(): Array<Fields | Unreadable> {
		const { found } = this;
		this.found = [];
		return found;
	}

	private scan(): void {
		while (this.next < this.text.length) this.step(this.text.charCodeAt(this.next++));
	}

	private step(code: number): void {
		const here = this.next - 1;
		if (this.at === At.Quoted) {
			if (code === LF) this.moreLines++;
			if (code !== QUOTE) return;
			this.at = At.Quote;
			this.lastQuote = here;
		} else if (code === LF) {
			this.endRecord(here);
		} else if (this.at === At.Junk) {
			return;
		} else if (code === COMMA && this.at !== At.QuoteCr) {
			this.endField(here);
		} else if (this.at === At.Start) {
			this.at = code === QUOTE ? At.Quoted : At.Plain;
		} else if (this.at === At.Quote && code === QUOTE) {
			this.at = At.Quoted;
			this.hasDoubled = true;
		} else if (this.at === At.Quote && code === CR) {
			this.at = At.QuoteCr;
		} else if (this.at !== At.Plain) {
			this.fail('has text after a closing quotation mark');
		} else if (code === QUOTE) {
			this.fail('has a quotation mark in a field that does not begin with one');
		}
	}

	private endField(to: number): void {
		if (!this.isTooLong) this.fields.push(this.valueUpTo(to));
		this.fieldFrom = this.next;
		this.hasDoubled = false;
		this.at = At.Start;
	}

	private valueUpTo(to: number): string {
		if (this.at !== At.Quote && this.at !== At.QuoteCr) return this.text.slice(this.fieldFrom, to);
		const value = this.text.slice(this.fieldFrom + 1, this.lastQuote);
		return this.hasDoubled ? value.replaceAll('""', '"') : value;
	}

	private endRecord(to: number): void {
		const { line } = this;
		if (this.isTooLong || (this.at !== At.Junk && to - this.recordFrom > this.longest)) {
			this.found.push({ line, through: line + this.moreLines, reason: TOO_LONG });
		} else if (this.at !== At.Junk) {
			const hasCr = this.at === At.Plain && this.text.charCodeAt(to - 1) === CR;
			this.endField(hasCr ? to - 1 : to);
			const isBlank = this.fields.length === 1 && this.fields[0] === '';
			if (!isBlank) this.found.push({ line, through: line + this.moreLines, fields: this.fields });
		}
		this.beginRecord(this.next, line + this.moreLines + 1);
	}

	private beginRecord(from: number, line: number): void {
		this.next = this.recordFrom = this.fieldFrom = from;
		this.line = line;
		this.moreLines = 0;
		this.fields = [];
		this.at = At.Start;
		this.hasDoubled = this.isTooLong = false;
	}

	/** Leaves out the line on which the record begins; what follows it is looked at anew. */
	private fail(reason: string): void {
		this.isTooLong ||= this.next - this.recordFrom > this.longest;
		if (!this.isTooLong) this.found.push({ line: this.line, reason });
		if (this.isTooLong || this.moreLines === 0) this.at = At.Junk;
		else this.beginRecord(this.text.indexOf('\n', this.recordFrom) + 1, this.line + 1);
	}

	/** Drops the text before a place. */
	private forget(place: number): void {
		this.text = this.text.slice(place);
		this.next -= place;
		this.recordFrom -= place;
		this.fieldFrom -= place;
		this.lastQuote -= place;
	}
}
