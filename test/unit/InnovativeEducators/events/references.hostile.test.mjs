import fc from 'fast-check';

import {
	referenceNamesIn,
	referencesOf,
	withReferenceNames,
} from '#dist/nodes/InnovativeEducators/events/references.js';

/** @param {string} name @param {string} [ref] */
const entry = (name, ref = 'ref1') => ({ ref, name });

test.each([
	['nothing', ''],
	['spaces', ' \t\r\n '],
	['control characters', '\u0000\u001b\u007f'],
	['the prototype of objects', '__proto__'],
	['a constructor, with spaces around', '  constructor\n'],
	['a prototype', 'prototype'],
])('a name that is %s names nothing', (_, name) => {
	expect(referenceNamesIn({ values: [entry(name)] })).toEqual({});
});

test.each([
	['a line break', 'Student\r\nID', 'Student ID'],
	['a control character', 'Student\u0000ID', 'Student ID'],
	['dots and brackets', 'a.b["c"]', 'a.b["c"]'],
	['letters of any script', 'Étudiant 学号', 'Étudiant 学号'],
	['too much', 'x'.repeat(100_000), 'x'.repeat(60)],
	['emoji at the cut', '😀'.repeat(100), '😀'.repeat(60)],
])('a name with %s is one short line', (_, name, clean) => {
	expect(referenceNamesIn({ values: [entry(name)] })).toEqual({ [clean]: 'ref1' });
});

test.each(['ref0', 'ref11', 'id', '__proto__', 'userDetail.ref1', '', 'REF1'])(
	'%j is no reference',
	(ref) => {
		expect(referenceNamesIn({ values: [entry('Name', ref)] })).toEqual({});
	},
);

test('only the first twenty names count', () => {
	const values = Array.from({ length: 100_000 }, (_, index) => entry(`Name ${index}`));
	expect(Object.keys(referenceNamesIn({ values }))).toHaveLength(20);
});

test('whatever the option and the payload are, references are texts under short names, and no object changes', () => {
	fc.assert(
		fc.property(fc.anything(), fc.anything(), (value, userDetail) => {
			const names = referenceNamesIn({ values: value });
			const event = { eventKey: 'k', provider: 'p', event: 'e', payload: {} };
			const { extra } = withReferenceNames(event, names);
			const references = referencesOf(/** @type {any} */ ({ userDetail }), extra);
			for (const [name, text] of Object.entries(references)) {
				expect(name.length).toBeLessThanOrEqual(120);
				expect(text === null || typeof text === 'string').toBe(true);
			}
			expect(Object.keys(Object.prototype)).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});
