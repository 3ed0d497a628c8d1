const LF = 10;
const COMMA = 44;

/** Blanks, line ends and commas, of which JSON may have some between its elements. */
export const separates = (code: number) => code === COMMA || code === 32 || (code >= 9 && code <= 13);

/** Follows a text character by character, and knows about the line it is on. */
export class LineTracker {
	/** Blanks at the beginning of the line, so far. */
	indent = 0;
	/** Whether the line has had nothing but separators. */
	isBeginning = true;
	private hasComma = false;

	/** @param number of the line */
	constructor(public number: number) {}

	follow(code: number): void {
		if (code === LF) {
			this.number++;
			this.indent = 0;
			this.isBeginning = true;
			this.hasComma = false;
		} else if (this.isBeginning) {
			this.isBeginning = separates(code);
			this.hasComma ||= code === COMMA;
			if (this.isBeginning && !this.hasComma) this.indent++;
		}
	}
}
