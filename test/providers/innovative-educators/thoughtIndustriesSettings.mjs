/**
 * @typedef {object} Settings what is unknown of Thought Industries' API, or in which its documents
 * contradict each other
 * @property {'top' | 'data' | 'list'} envelope where a list stands: at the top (rest/pagination),
 * in an object of `data` (rest/events), or `data` itself (inferred)
 * @property {'pageInfo' | 'meta'} pageInfoName both are documented
 * @property {number} pageSize events on a page
 * @property {'given' | 'none' | 'stuck'} cursors whether events come with a cursor, or with one that
 * leads nowhere
 * @property {'milliseconds' | 'iso'} dates which format of a time it understands; it ignores another
 * @property {'newestFirst' | 'oldestFirst'} order of events
 * @property {boolean} narrows whether it understands `notifiableId` and `userId`
 * @property {'page' | 'cursor'} paging by what it pages other lists
 * @property {number} [perPage] records on a page of them, whatever is asked for
 * @property {'none' | 'cursor' | 'pages'} listInfo what it says about their next page
 * @property {'empty' | 'error'} pastEnd what a page behind the last one is
 * @property {'record' | 'wrapped' | 'data' | 'empty'} records what one user is answered in
 * @property {'adds' | 'replaces'} enrolling what courses of an update do
 * @property {boolean} needsTypes whether content is listed only by type
 */

/** @type {Settings} */
export const DEFAULT_SETTINGS = {
	envelope: 'top',
	pageInfoName: 'pageInfo',
	pageSize: 100,
	cursors: 'given',
	dates: 'milliseconds',
	order: 'newestFirst',
	narrows: true,
	paging: 'page',
	listInfo: 'cursor',
	pastEnd: 'empty',
	records: 'record',
	enrolling: 'adds',
	needsTypes: false,
};

/**
 * A condition on a time, if the limit is in the format that it understands.
 *
 * @param {Settings['dates']} format
 * @param {string | null} text the limit in the query
 * @param {(limit: number, time: number) => boolean} accepts
 * @returns {(time: number) => boolean}
 */
export function isTaken(format, text, accepts) {
	const isNumber = /^\d+$/.test(text ?? '');
	if (text === null || isNumber !== (format === 'milliseconds')) return () => true;
	const limit = isNumber ? Number(text) : Date.parse(text);
	return (time) => accepts(limit, time);
}
