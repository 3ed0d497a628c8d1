import type { Payload } from '../../delivery/define';
import { LONGEST_RECORD, TOO_LONG, type Found, type Place, type Splitter } from './define';

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Where the next character stands. */
enum At {
	/** Between elements: before, in or after the array. */
	Between,
	/** In an element, outside its texts. */
	Element,
	Text,
	/** After a backslash in a text. */
	Escape,
	/** Behind what cannot be read, up to a line that begins with an object. */
	Lost,
}

/** As deep as deliveries may be: n8n and its databases walk items recursively. */
const MOST_LEVELS = 200;

const CUT_SHORT = 'the file may have been cut short';

const opens = (code: number) => code === OPEN_OBJECT || code === OPEN_ARRAY;

const closes = (code: number) => code === CLOSE_OBJECT || code === CLOSE_ARRAY;

/** Blanks, line ends and commas: one more or less of them does no harm. */
const separates = (code: number) => code === COMMA || code === 32 || (code >= 9 && code <= 13);

/** The object in a text, or why there is none. */
function parsed(text: string): { payload: Payload } | { reason: string } {
	if (!text.startsWith('{')) return { reason: 'is not an object' };
	try {
		return { payload: JSON.parse(text) as Payload };
	} catch {
		return { reason: 'is not JSON' };
	}
}

/**
 * Splits JSON into the objects of its array, each of which is parsed by itself. Objects without an array are read
 * as well. What is not closed is left out up to the next line that begins with an object and is indented no
 * deeper. No text can make such a line, since a line end inside a text is not JSON.
 */
export class JsonSplitter implements Splitter<Found> {
	private text = '';
	/** Places in `text`: what to look at next, and where the element begins. */
	private next = 0;
	private from = 0;
	private at = At.Between;
	private depth = 0;
	private isInArray = false;
	private isDeep = false;
	private isTooLong = false;
	private reason = '';
	/** Characters of the line so far, the blanks before the others, and whether nothing but separators came yet. */
	private column = 0;
	private indent = 0;
	private isLineStart = true;
	/** Of the line on which the element begins. */
	private ownLine = 1;
	private ownIndent = 0;
	private number = 0;
	private found: Found[] = [];

	/**
	 * @param line the first
	 * @param longest element, in characters
	 */
	constructor(
		private line = 1,
		private readonly longest = LONGEST_RECORD,
	) {}

	push(text: string): Found[] {
		this.text += text;
		while (this.next < this.text.length) this.step(this.text.charCodeAt(this.next++));
		const isInside = this.at !== At.Between && this.at !== At.Lost;
		this.isTooLong ||= isInside && this.next - this.from > this.longest;
		this.forget(isInside && !this.isTooLong ? this.from : this.next);
		return this.take();
	}

	end(): Found[] {
		if (this.at === At.Element && this.depth === 0) this.endElement(this.next);
		if (this.at !== At.Between) {
			if (this.at !== At.Lost) this.fail(`is not closed: ${CUT_SHORT}`);
			this.leaveOut(this.line);
		} else if (this.isInArray) {
			const reason = `is missing: the list is not closed, and ${CUT_SHORT}`;
			this.found.push({ line: this.line, number: this.number + 1, reason });
		}
		return this.take();
	}

	private take(): Found[] {
		const { found } = this;
		this.found = [];
		return found;
	}

	private step(code: number): void {
		if (this.at === At.Text || this.at === At.Escape) {
			this.inText(code);
		} else if (this.at === At.Between) {
			this.between(code);
		} else if (code === OPEN_OBJECT && this.isLineStart && this.indent <= this.ownIndent) {
			if (this.at === At.Element) this.fail('is not closed');
			this.leaveOut(this.line - 1);
			this.begin(code);
		} else if (this.at === At.Element) {
			this.inElement(code);
		}
		this.follow(code);
	}

	/** Keeps account of lines. */
	private follow(code: number): void {
		if (code === LF) {
			this.line++;
			this.column = this.indent = 0;
			this.isLineStart = true;
		} else if (this.isLineStart) {
			this.isLineStart = separates(code);
			if (code !== COMMA && this.isLineStart && this.indent === this.column) this.indent++;
			this.column++;
		}
	}

	private between(code: number): void {
		if (separates(code)) return;
		if (code === OPEN_ARRAY && !this.isInArray) this.isInArray = true;
		else if (code === CLOSE_ARRAY && this.isInArray) this.isInArray = false;
		else this.begin(code);
	}

	private begin(code: number): void {
		this.from = this.next - 1;
		this.at = code === QUOTE ? At.Text : At.Element;
		this.depth = opens(code) ? 1 : 0;
		this.isDeep = this.isTooLong = false;
		this.ownLine = this.line;
		this.ownIndent = this.indent;
		this.number++;
	}

	private inText(code: number): void {
		if (code === LF) this.fail('has a line end in a text');
		else if (this.at === At.Escape) this.at = At.Text;
		else if (code === BACKSLASH) this.at = At.Escape;
		else if (code === QUOTE) this.at = At.Element;
	}

	private inElement(code: number): void {
		if (code === QUOTE) {
			this.at = At.Text;
		} else if (this.depth === 0 && (separates(code) || opens(code) || closes(code))) {
			this.endElement(this.next - 1);
			this.between(code);
		} else if (opens(code)) {
			this.depth++;
			this.isDeep ||= this.depth > MOST_LEVELS;
		} else if (closes(code)) {
			this.depth--;
			if (this.depth === 0) this.endElement(this.next);
		}
	}

	private endElement(to: number): void {
		this.at = At.Between;
		this.isTooLong ||= to - this.from > this.longest;
		if (this.isTooLong || this.isDeep) {
			this.reason = this.isTooLong ? TOO_LONG : `is nested more than ${MOST_LEVELS} levels deep`;
			this.leaveOut(this.line);
		} else {
			this.found.push({ ...this.place(this.line), ...parsed(this.text.slice(this.from, to)) });
		}
	}

	private fail(reason: string): void {
		this.at = At.Lost;
		this.isTooLong ||= this.next - this.from > this.longest;
		this.reason = this.isTooLong ? TOO_LONG : reason;
	}

	/** Tells of the element that cannot be read. */
	private leaveOut(through: number): void {
		this.found.push({ ...this.place(through), reason: this.reason });
	}

	private place(through: number): Place {
		return { line: this.ownLine, through, number: this.number };
	}

	/** Drops the text before a place. */
	private forget(place: number): void {
		this.text = this.text.slice(place);
		this.next -= place;
		this.from -= place;
	}
}
