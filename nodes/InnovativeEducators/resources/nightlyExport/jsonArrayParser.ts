import type { Payload } from '../../../shared/events/types';
import { LONGEST_RECORD, TOO_LONG, type ParsedRecord, type FilePosition, type RecordParser } from './types';
import { LineTracker, separates } from './lineTracker';

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
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
 * as well. An element that is not closed ends where an object begins that can be none of its own, or with a line
 * that begins with an object and is indented no deeper. No text can make such a line, as a line end in a text is
 * not JSON.
 */
export class JsonArrayParser implements RecordParser<ParsedRecord> {
	private text = '';
	/** Places in `text`: what to look at next, and where the element begins. */
	private next = 0;
	private from = 0;
	private at = At.Between;
	private isInArray = false;
	/** How many objects and arrays are open in the element, and which kind each is, from 1 on. */
	private depth = 0;
	private readonly kinds: number[] = [];
	/** The last character outside texts that is not blank. */
	private previous = 0;
	private isTooLong = false;
	/** Why the element cannot be read, as soon as that is known. */
	private reason: string | undefined;
	private readonly lines: LineTracker;
	private ownLine = 0;
	private ownIndent = 0;
	private number = 0;
	private found: ParsedRecord[] = [];

	/**
	 * @param line the first
	 * @param longest element, in characters
	 */
	constructor(
		line = 1,
		private readonly longest = LONGEST_RECORD,
	) {
		this.lines = new LineTracker(line);
	}

	push(text: string): ParsedRecord[] {
		this.text += text;
		while (this.next < this.text.length) this.step(this.text.charCodeAt(this.next++));
		const isInside = this.at !== At.Between && this.at !== At.Lost;
		this.isTooLong ||= isInside && this.next - this.from > this.longest;
		this.forget(isInside && !this.isTooLong ? this.from : this.next);
		return this.take();
	}

	end(): ParsedRecord[] {
		const { number: line } = this.lines;
		if (this.at === At.Element && this.depth === 0) this.endElement(this.next);
		if (this.at !== At.Between) {
			if (this.at !== At.Lost) this.fail(`is not closed: ${CUT_SHORT}`);
			this.leaveOut(line);
		} else if (this.isInArray) {
			this.found.push({ line, number: this.number + 1, reason: `is missing: the list is not closed, and ${CUT_SHORT}` });
		}
		return this.take();
	}

	private take(): ParsedRecord[] {
		const { found } = this;
		this.found = [];
		return found;
	}

	private step(code: number): void {
		if (this.at === At.Text || this.at === At.Escape) this.inText(code);
		else if (this.at === At.Between) this.between(code);
		else if (this.isAnother(code)) this.beginAnother(code);
		else if (this.at === At.Element) this.inElement(code);
		this.lines.follow(code);
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
		this.depth = 0;
		this.isTooLong = false;
		this.reason = undefined;
		this.ownLine = this.lines.number;
		this.ownIndent = this.lines.indent;
		this.number++;
		if (opens(code)) this.open(code);
	}

	private open(code: number): void {
		this.depth++;
		if (this.depth <= MOST_LEVELS) this.kinds[this.depth] = code;
		else this.reason ??= `is nested more than ${MOST_LEVELS} levels deep`;
		this.previous = code;
	}

	/** Whether another element begins although this one has not ended: with an object where none may be. */
	private isAnother(code: number): boolean {
		const { isBeginning, indent } = this.lines;
		if (code !== OPEN_OBJECT || (isBeginning && indent > this.ownIndent)) return false;
		if (this.at === At.Lost) return isBeginning;
		const isInObject = this.depth <= MOST_LEVELS && this.kinds[this.depth] === OPEN_OBJECT;
		return isInObject && (isBeginning ? this.previous !== COLON : this.previous === COMMA);
	}

	private beginAnother(code: number): void {
		if (this.at !== At.Lost) this.fail('is not closed');
		const { number: line, isBeginning } = this.lines;
		this.leaveOut(isBeginning ? line - 1 : line);
		this.begin(code);
	}

	private inText(code: number): void {
		if (code === LF) {
			this.fail('has a line end in a text');
		} else if (this.at === At.Escape) {
			this.at = At.Text;
		} else if (code === BACKSLASH) {
			this.at = At.Escape;
		} else if (code === QUOTE) {
			this.at = At.Element;
			this.previous = QUOTE;
		}
	}

	private inElement(code: number): void {
		if (code === QUOTE) {
			this.at = At.Text;
		} else if (this.depth === 0 && (separates(code) || opens(code) || closes(code))) {
			this.endElement(this.next - 1);
			this.between(code);
		} else if (opens(code)) {
			this.open(code);
		} else if (closes(code)) {
			this.close(code);
		} else if (code === COMMA || !separates(code)) {
			this.previous = code;
		}
	}

	/** Ends what the bracket matches, and with it what is open inside. */
	private close(code: number): void {
		const kind = code === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_ARRAY;
		if (this.depth <= MOST_LEVELS && this.kinds[this.depth] !== kind) {
			this.reason ??= 'has brackets that do not match';
			this.depth = Math.max(1, this.kinds.lastIndexOf(kind, this.depth));
		}
		this.depth--;
		this.previous = code;
		if (this.depth === 0) this.endElement(this.next);
	}

	private endElement(to: number): void {
		this.at = At.Between;
		this.isTooLong ||= to - this.from > this.longest;
		const { number: line } = this.lines;
		if (this.isTooLong || this.reason !== undefined) this.leaveOut(line);
		else this.found.push({ ...this.place(line), ...parsed(this.text.slice(this.from, to)) });
	}

	private fail(reason: string): void {
		this.at = At.Lost;
		this.isTooLong ||= this.next - this.from > this.longest;
		this.reason ??= reason;
	}

	/** Tells of the element that cannot be read. */
	private leaveOut(through: number): void {
		this.found.push({ ...this.place(through), reason: this.isTooLong ? TOO_LONG : this.reason! });
	}

	private place(through: number): FilePosition {
		return { line: this.ownLine, through, number: this.number };
	}

	/** Drops the text before a place. */
	private forget(place: number): void {
		this.text = this.text.slice(place);
		this.next -= place;
		this.from -= place;
	}
}
