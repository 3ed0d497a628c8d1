import fc from 'fast-check';

/** @typedef {import('n8n-workflow').IDataObject} Payload */
/** @typedef {(string | number)[]} Path */

/** Every place inside a value. @param {unknown} value @param {Path} [at] @returns {Path[]} */
function pathsOf(value, at = []) {
	if (typeof value !== 'object' || value === null) return [];
	const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
	return keys.flatMap((key) => {
		const path = [...at, key];
		return [path, ...pathsOf(/** @type {Record<string, unknown>} */ (value)[key], path)];
	});
}

/**
 * Replaces what is at a path, unless an earlier replacement removed it.
 *
 * @param {any} target
 * @param {Path} path
 * @param {unknown} value
 */
function replace(target, path, value) {
	let parent = target;
	for (const key of path.slice(0, -1)) {
		if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return;
		parent = parent[key];
	}
	if (typeof parent === 'object' && parent !== null) parent[path[path.length - 1]] = value;
}

/** JSON that a careless reader trips over, among any other JSON. */
const values = fc.oneof(
	fc.jsonValue(),
	fc.constantFrom(
		null,
		'',
		'0',
		0,
		-1,
		1e300,
		true,
		[],
		{},
		[null],
		[[]],
		{ toString: null },
		{ toString: 1, valueOf: 1 },
		{ length: 5 },
		{ toJSON: 'x' },
		'x'.repeat(1000),
		'2026-02-03T13:05:12Z',
		'+275760-09-13T00:00:00.001Z',
		'-000001-01-01T00:00:00Z',
		'\u0000',
		'\ud800',
	),
);

/**
 * Payloads like a sample, with other values in one to four places.
 *
 * @param {Payload} sample
 * @param {string} kept the key at its top that says what event it is
 */
export function payloadsLike(sample, kept) {
	const paths = pathsOf(sample).filter(([first]) => first !== kept);
	return fc
		.array(fc.tuple(fc.constantFrom(...paths), values), { minLength: 1, maxLength: 4 })
		.map((replacements) => {
			const payload = structuredClone(sample);
			for (const [path, value] of replacements) replace(payload, path, structuredClone(value));
			return payload;
		});
}
