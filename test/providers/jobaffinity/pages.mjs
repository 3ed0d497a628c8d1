import { randomInt } from 'node:crypto';

/** @typedef {ReturnType<typeof createPages>} Pages */

/** Documented, cand-list. */
export const LIMIT = { standard: 20, least: 1, most: 100 };

/**
 * Pages of lists. A cursor is an integer (documented by example, pagination) that says nothing: it stands for the last
 * id of a page, so that what is added meanwhile shifts nothing (inferred).
 */
export function createPages() {
	/** @type {Map<string, number>} */
	const cursors = new Map();
	let last = randomInt(1000, 5000);
	return {
		/** @param {string} cursor */
		knows: (cursor) => cursors.has(cursor),

		/**
		 * @template Item
		 * @param {Item[]} sorted
		 * @param {{ idOf: (item: Item) => number, order: 'newest' | 'oldest', limit: number, cursor: string | null }} options
		 * @returns {{ items: Item[], next: string | undefined }} next: the cursor of the next page, if there is one
		 */
		page(sorted, { idOf, order, limit, cursor }) {
			const after = cursor === null ? undefined : cursors.get(cursor);
			const rest = sorted.filter((item) => after === undefined || (order === 'newest' ? idOf(item) < after : idOf(item) > after));
			const items = rest.slice(0, limit);
			if (rest.length <= limit) return { items, next: undefined };
			last += randomInt(1, 50);
			cursors.set(String(last), idOf(items[items.length - 1]));
			return { items, next: String(last) };
		},
	};
}
