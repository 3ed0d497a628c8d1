import { randomInt } from 'node:crypto';

/** @typedef {ReturnType<typeof createPages>} Pages */

/** Documented, cand-list. */
export const LIMIT = { standard: 20, least: 1, most: 100 };

/**
 * Pages of lists. A cursor is an integer (documented by example, pagination) that says nothing.
 * What it stands for is unknown: `id` is the last record of a page, so that what is added meanwhile
 * shifts nothing (inferred); `offset` is a number of records.
 *
 * @param {Pick<import('./settings.mjs').Settings, 'cursorKind'>} settings
 */
export function createPages({ cursorKind }) {
	/** @type {Map<string, number>} */
	const cursors = new Map();
	let last = randomInt(1000, 5000);

	/**
	 * @template Item
	 * @param {Item[]} sorted
	 * @param {(item: Item) => number} idOf
	 * @param {'newest' | 'oldest'} order
	 * @param {number} after what a cursor stands for
	 */
	function following(sorted, idOf, order, after) {
		if (cursorKind === 'offset') return sorted.slice(after);
		const index = sorted.findIndex((item) => idOf(item) === after);
		if (index >= 0) return sorted.slice(index + 1);
		// It has gone meanwhile.
		return sorted.filter((item) => (order === 'newest' ? idOf(item) < after : idOf(item) > after));
	}

	return {
		/** @param {string} cursor */
		knows: (cursor) => cursors.has(cursor),

		/** How long a cursor is valid is unknown. */
		forget: () => cursors.clear(),

		/**
		 * @template Item
		 * @param {Item[]} sorted
		 * @param {{ idOf: (item: Item) => number, order: 'newest' | 'oldest', limit: number, cursor: string | null }} options
		 * @returns {{ items: Item[], next: string | undefined }} next: the cursor of the next page, if
		 * there is one
		 */
		page(sorted, { idOf, order, limit, cursor }) {
			const after = cursor === null ? undefined : cursors.get(cursor);
			const rest = after === undefined ? sorted : following(sorted, idOf, order, after);
			const items = rest.slice(0, limit);
			if (rest.length <= limit) return { items, next: undefined };
			last += randomInt(1, 50);
			cursors.set(
				String(last),
				cursorKind === 'offset'
					? sorted.length - rest.length + limit
					: idOf(items[items.length - 1]),
			);
			return { items, next: String(last) };
		},
	};
}
