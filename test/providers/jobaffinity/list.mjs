import { invalid, ok } from './answers.mjs';
import { spacedOf } from './dates.mjs';
import { LIMIT } from './pages.mjs';
import { sinceOf, wrongParameters } from './query.mjs';
import { idOf } from './records.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds} Kinds */

/**
 * Empty, null or absent on the last page (documented, pagination and responses).
 *
 * @param {World} world
 * @param {string} pathname
 * @param {URLSearchParams} query
 * @param {string | undefined} cursor
 */
function nextOf({ settings, links }, pathname, query, cursor) {
	if (cursor === undefined)
		return settings.lastNext === 'absent' ? {} : { _next: settings.lastNext };
	const parameters = new URLSearchParams(settings.nextKeepsParameters ? query : undefined);
	parameters.set('pagecursor', cursor);
	if (settings.nextForm === 'query') return { _next: `?${parameters}` };
	const text =
		settings.nextForm === 'unescaped'
			? decodeURIComponent(String(parameters).replaceAll('+', ' '))
			: parameters;
	return { _next: links.any(`${pathname}?${text}`) };
}

/**
 * Calls sorted by their times as they are written, which go back by an hour in autumn.
 *
 * @template Record_
 * @param {Record_[]} calls
 * @param {string} timeZone
 */
const sortedAsWritten = (calls, timeZone) => {
	const written = (/** @type {any} */ { at }) => spacedOf(at, timeZone);
	return calls.sort((one, other) =>
		written(one) < written(other) ? -1 : Number(written(one) > written(other)),
	);
};

/**
 * @template {keyof Kinds} Kind
 * @param {import('./routes.mjs').Call} call
 * @param {import('./lists.mjs').List<Kind>} list
 * @param {(record: Kinds[Kind]) => boolean} [within] which records the path is about
 */
export function listAnswer(
	{ world, path, pathname, query },
	{ kind, schema, filters, order, visible, item },
	within = () => true,
) {
	const { account, settings, links, pages } = world;
	const wrong = wrongParameters({ world, query }, filters);
	if (Object.keys(wrong).length > 0) return invalid(wrong);
	const since = sinceOf(world, kind, query.get('since'));
	const found = account
		.records(kind)
		.filter((record) => visible(account, record, world) && within(record) && since(record))
		.filter((record) =>
			Object.entries(filters).every(([name, filter]) =>
				query.getAll(name).every((text) => filter.matches(world, record, text)),
			),
		);
	const listed =
		kind === 'webhookTask' && settings.taskSort === 'written'
			? sortedAsWritten(found, settings.timeZone)
			: found;
	const sorted = order(settings) === 'newest' ? listed.reverse() : listed;
	const limit =
		kind === 'webhookTask' && settings.taskLimit === 'ignored'
			? LIMIT.standard
			: Number(query.get('limit') ?? LIMIT.standard);
	const cursor = query.get('pagecursor');
	const { items, next } = pages.page(sorted, { idOf, order: order(settings), limit, cursor });
	return ok(200, {
		_status: 'OK',
		_self: links.any(path),
		_schema: links.any(`/restapi/schemav1/${schema}`),
		...nextOf(world, pathname, query, next),
		items: items.map((record) => item(world, record)),
	});
}
