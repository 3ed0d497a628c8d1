import { isOn, requiredDoc } from './arguments.mjs';
import { ok } from './answers.mjs';
import { selected } from './info.mjs';
import { isChild } from './objects.mjs';
import { pageOf } from './pages.mjs';
import { grouped, metaInfo, userInfo } from './parts.mjs';

/** @typedef {import('./objects.mjs').User} User */
/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./settings.mjs').Settings} Settings */

/** Documented, getuserlist. What else stands in `doc` selects what is told of each user. */
const ARGUMENTS = [
	...[
		'with_excluded',
		'only_excluded',
		'only_parents',
		'only_children',
		'starting_position',
		'return_families',
	],
];

/** The same order for the same seed. @param {number} id @param {number} seed */
const scattered = (id, seed) => Math.imul(id ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b) >>> 0;

/** Which order users come in, and whether it stays the same, is unknown. */
export function createOrder(/** @type {Settings} */ { order }) {
	let seed = 0;
	/** @param {User[]} users @param {boolean} isFirstPage */
	return (users, isFirstPage) => {
		if (order === 'random' || isFirstPage) seed++;
		/** @param {User} user */
		const rank = ({ cloginId }) => {
			if (order === 'oldest') return cloginId;
			return order === 'newest' ? -cloginId : scattered(cloginId, seed);
		};
		return users.sort((one, other) => rank(one) - rank(other));
	};
}

/**
 * Users with an excluding status come when they are asked for (documented, getuserlist).
 *
 * @param {Call} call
 * @param {Record<string, unknown>} doc
 */
function listed({ account, groupId }, doc) {
	return account.users(groupId).filter((user) => {
		const excluded = account.statusOf(user)?.isExcluded ?? false;
		const wanted = isOn(doc.only_excluded) ? excluded : !excluded || isOn(doc.with_excluded);
		return wanted && !account.hidden.has(user.cloginId);
	});
}

/**
 * The metadata of a user, with the selected values nested in `doc` (documented, getuserlist).
 * Whether its parts or their keys stand in the element is unknown.
 *
 * @param {Call} call
 * @param {User} user
 * @param {Record<string, unknown>} selectors
 */
function elementOf({ account, settings }, user, selectors) {
	const [user_info, meta_info] = [userInfo(user), metaInfo(account, user)];
	const parts =
		settings.element === 'flat' ? { ...user_info, ...meta_info } : { user_info, meta_info };
	return Object.keys(selectors).length === 0 || !settings.listValues
		? parts
		: { ...parts, doc: selected(account, user, selectors, settings) };
}

/**
 * get_user_list (documented, getuserlist and paginated-requests). A page counts parents; their
 * children come on top. With `only_children` it counts children, and a child whose parent is not
 * listed comes with no page (both unknown).
 *
 * @param {Call} call
 */
export function listUsers(call) {
	const { settings, body, order } = call;
	const doc = requiredDoc(body);
	const all = listed(call, doc);
	const onlyChildren = isOn(doc.only_children);
	const parents = all.filter((user) => !isChild(user));
	const shown = new Set(parents.map(({ cloginId }) => cloginId));
	const children = isOn(doc.only_parents)
		? []
		: all.filter((user) => isChild(user) && (onlyChildren || shown.has(user.connectedTo)));
	const rows = pageOf(
		order(onlyChildren ? children : parents, doc.starting_position === undefined),
		doc.starting_position,
		settings,
	);
	const onPage = new Set(rows.map(({ cloginId }) => cloginId));

	const selectors = Object.fromEntries(
		Object.entries(doc).filter(([key]) => !ARGUMENTS.includes(key)),
	);
	const elementsOf = (/** @type {User[]} */ users) =>
		users.map((user) => elementOf(call, user, selectors));
	const beside = onlyChildren ? [] : children.filter(({ connectedTo }) => onPage.has(connectedTo));
	const users = (onlyChildren ? [] : rows).map((user) => ({
		...elementOf(call, user, selectors),
		// Instead of the separate array (documented, getuserlist).
		...(isOn(doc.return_families) && {
			[settings.familyKey]: elementsOf(
				beside.filter(({ connectedTo }) => connectedTo === user.cloginId),
			),
		}),
	}));

	const count =
		settings.totalCounts === 'all'
			? (onlyChildren ? 0 : parents.length) + children.length
			: parents.length;
	const total = onlyChildren ? children.length : count;
	const totals = {
		total_users: settings.totals === 'text' ? grouped(total) : total,
		records_per_page: settings.perPage,
	};
	return ok({
		...(settings.totalsAt === 'beside' && totals),
		// Its own keys are unknown, and this one is made up.
		totals: { made_up: 'of the project', ...(settings.totalsAt === 'inside' && totals) },
		users,
		...(!isOn(doc.return_families) && { children: elementsOf(onlyChildren ? rows : beside) }),
	});
}
