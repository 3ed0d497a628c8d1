import { LIMIT } from './pages.mjs';
import { idOf } from './records.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds} Kinds */

/** @param {string | null} text @param {number} least @param {number} most */
const isInteger = (text, least, most) =>
	text === null || (/^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most);

/**
 * That values out of range are INVALID is documented in general (responses), not for these.
 *
 * @param {{ world: World, query: URLSearchParams }} call
 * @param {Record<string, import('./filters.mjs').Filter<any>>} filters
 */
export function wrongParameters({ world, query }, filters) {
	/** @type {import('./answers.mjs').Wrong} */
	const wrong = {};
	if (!isInteger(query.get('limit'), LIMIT.least, LIMIT.most))
		wrong.limit = `Must be from ${LIMIT.least} to ${LIMIT.most}`;
	if (!isInteger(query.get('since'), 0, Infinity)) wrong.since = 'Must be an integer of at least 0';
	const cursor = query.get('pagecursor');
	if (cursor !== null && !world.pages.knows(cursor)) wrong.pagecursor = 'Not a valid cursor';
	for (const [name, filter] of Object.entries(filters)) {
		for (const text of query.getAll(name)) {
			const sentence = filter.wrong?.(text);
			if (sentence) wrong[name] = sentence;
		}
	}
	return wrong;
}

/**
 * Created or modified since that id (documented, cand-list), which is compared with change_id for
 * step changes (inferred).
 *
 * @template {keyof Kinds} Kind
 * @param {World} world
 * @param {Kind} kind
 * @param {string | null} since
 * @returns {(record: Kinds[Kind]) => boolean}
 */
export function sinceOf({ account, settings }, kind, since) {
	if (since === null) return () => true;
	const id = Number(since);
	// When the record of that id was made; when it is gone, the one before it.
	const moment = account
		.records(kind)
		.filter((each) => idOf(each) <= id)
		.reduce((latest, each) => Math.max(latest, account.writesOf(each).created), -1);
	return (record) => {
		if (idOf(record) > id || (settings.sinceInclusive && idOf(record) === id)) return true;
		return settings.since === 'modified' && account.writesOf(record).modified > moment;
	};
}
