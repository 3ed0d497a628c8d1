/**
 * Moves the clock of an n8n: a module that it loads at its start. How far is the number of
 * milliseconds in the file that `TEST_CLOCK` names; a test writes it.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
let shift = 0;

function read() {
	try {
		shift = Number(readFileSync(String(process.env.TEST_CLOCK), 'utf8')) || 0;
	} catch {
		// It is being written.
	}
}

read();
setInterval(read, 20).unref();

globalThis.Date = /** @type {DateConstructor} */ (
	class extends RealDate {
		/** @param {any[]} given */
		constructor(...given) {
			if (given.length === 0) super(RealDate.now() + shift);
			else super(.../** @type {[any]} */ (given));
		}

		static now() {
			return RealDate.now() + shift;
		}
	}
);
