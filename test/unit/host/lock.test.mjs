import { readFileSync } from 'node:fs';
import { codeOf } from '../../host/lock.mjs';

/** @param {() => unknown} work */
function thrownBy(work) {
	try {
		return work();
	} catch (error) {
		return error;
	}
}

it("names the system's error, also where Node's errors are of another realm than the caller's", () => {
	expect(codeOf(thrownBy(() => readFileSync('/no/such/file')))).toBe('ENOENT');
});

it.each([[new Error('other')], [{ code: 'ENOENT' }], ['ENOENT'], [undefined]])(
	'finds no such name in %p',
	(thrown) => {
		expect(codeOf(thrown)).toBe('');
	},
);
