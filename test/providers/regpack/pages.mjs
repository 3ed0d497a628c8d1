import { Mistake } from './mistake.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * The index of the first row: whether a row or a page is meant, and where counting begins, is
 * unknown.
 */
const FIRST_ROW = {
	row0: (/** @type {number} */ position) => position,
	row1: (/** @type {number} */ position) => position - 1,
	page0: (/** @type {number} */ position, /** @type {number} */ perPage) => position * perPage,
	page1: (/** @type {number} */ position, /** @type {number} */ perPage) =>
		(position - 1) * perPage,
};

/**
 * A page of rows. A page holds 50, and there is no argument for its size (documented,
 * paginated-requests).
 *
 * @template Row
 * @param {Row[]} rows
 * @param {unknown} position `starting_position`; the first call has none (documented,
 * paginated-requests)
 * @param {Settings} settings
 */
export function pageOf(rows, position, { startingPosition, perPage, pastEnd }) {
	if (position !== undefined && typeof position !== 'number')
		throw new Mistake('starting_position must be numeric');
	// That a position before the first one is the first is unknown.
	const first =
		position === undefined ? 0 : Math.max(0, FIRST_ROW[startingPosition](position, perPage));
	if (first < rows.length || rows.length === 0) return rows.slice(first, first + perPage);
	if (pastEnd === 'error') throw new Mistake('starting_position is past the end');
	if (pastEnd === 'empty') return [];
	return rows.slice(Math.floor((rows.length - 1) / perPage) * perPage);
}
