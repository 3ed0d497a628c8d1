import { userPages } from '#dist/nodes/Regpack/api/pagination.js';

/** @typedef {import('../../../../nodes/Regpack/api/pagination.js').PageCursor} Place */

/** How the documentation may be read. Each combination is played. */
const READINGS = {
	position: ['row from 0', 'row from 1', 'page from 0', 'page from 1'],
	pastTheEnd: ['nothing', 'last page', 'refusal', 'status 400'],
	total: ['users', 'users and children', 'none'],
	shape: ['flat', 'nested'],
};

/** @typedef {{ [Name in keyof typeof READINGS]: string }} Reading */

/** @type {Reading[]} */
const ALL = Object.entries(READINGS).reduce(
	(readings, [name, values]) =>
		readings.flatMap((reading) => values.map((value) => ({ ...reading, [name]: value }))),
	/** @type {any[]} */ ([{}]),
);

const PAGE = 50;

/** Every third has two children. @param {number} count @param {boolean} withChildren */
const families = (count, withChildren) =>
	Array.from({ length: count }, (_, index) => {
		const id = String(1000 + index);
		const children = withChildren && index % 3 === 0 ? [`${id}1`, `${id}2`] : [];
		return { id, children };
	});

/** @typedef {ReturnType<typeof families>} Families */

/**
 * Regpack's list of users, read in one way.
 *
 * @param {Families} all
 * @param {Reading} reading
 */
function regpack(all, { position, pastTheEnd, total, shape }) {
	const children = all.flatMap((family) => family.children).length;
	const total_users = {
		users: all.length,
		'users and children': all.length + children,
		none: undefined,
	}[total];
	const counts = { ...(total_users !== undefined && { total_users }), records_per_page: PAGE };
	const recordOf = (/** @type {string} */ clogin_id, connected_to = clogin_id) =>
		shape === 'flat'
			? { clogin_id, connected_to }
			: { user_info: { clogin_id, connected_to }, meta_info: {} };
	/** @param {number | undefined} from */
	function pageAt(from) {
		if (from === undefined) return all.slice(0, PAGE);
		const [, unit, first] = /** @type {string[]} */ (position.match(/^(row|page) from (\d)/));
		const start = (from - Number(first)) * (unit === 'row' ? 1 : PAGE);
		if (start < all.length || all.length === 0)
			return all.slice(Math.max(start, 0), Math.max(start, 0) + PAGE);
		if (pastTheEnd === 'last page') return all.slice(Math.floor((all.length - 1) / PAGE) * PAGE);
		return pastTheEnd === 'nothing' ? [] : undefined;
	}
	return (/** @type {any} */ doc) => {
		const page = pageAt(doc.starting_position);
		if (!page)
			return pastTheEnd === 'refusal' ? { success: false, msg: 'Out of range' } : undefined;
		return {
			...(shape === 'flat' ? { ...counts, totals: {} } : { totals: counts }),
			users: page.map(({ id }) => recordOf(id)),
			children: page.flatMap((family) => family.children.map((id) => recordOf(id, family.id))),
		};
	};
}

/**
 * A node whose requests are answered so.
 *
 * @param {(doc: any) => unknown} answer
 */
function nodeAt(answer) {
	/** @type {any[]} */
	const docs = [];
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'Regpack', type: 'regpack' }),
		getCredentials: async () => ({ baseUrl: 'https://www.regpack.com/reg/api2', groupId: '1' }),
		helpers: {
			httpRequestWithAuthentication: async (
				/** @type {string} */ _,
				/** @type {any} */ { body },
			) => {
				docs.push(body.doc);
				const answered = answer(body.doc);
				return {
					statusCode: answered ? 200 : 400,
					headers: {},
					body: answered ?? { msg: 'Out of range' },
				};
			},
		},
	});
	return { context, docs };
}

/** @param {any} record */
const idOf = (record) => record.clogin_id ?? record.user_info.clogin_id;

/** @param {any} context @param {object} [listing] */
async function read(context, listing) {
	/** @type {string[]} */
	const ids = [];
	/**
	 * What was read until a page's end, and where it goes on.
	 *
	 * @type {{ before: number, from: Place }[]}
	 */
	const places = [];
	for await (const { users, children, next } of userPages(context, listing)) {
		ids.push(...[...users, ...children].map(idOf));
		places.push({ before: ids.length, from: JSON.parse(JSON.stringify(next)) });
	}
	return { ids, places };
}

/** @param {Families} all */
const idsOf = (all) => all.flatMap(({ id, children }) => [id, ...children]);

const SIZES = [0, 1, 49, 50, 51, 99, 100, 101, 140, 149, 150, 151, 2600];

describe.each([
	['without families', false],
	['with families', true],
])('a project %s', (_, withChildren) => {
	it.each(SIZES)('of %i users is read whole, each user once, in every reading', async (count) => {
		const all = families(count, withChildren);
		const pages = Math.ceil(count / PAGE);
		for (const reading of ALL) {
			const { context, docs } = nodeAt(regpack(all, reading));
			const { ids } = await read(context);
			const seen = JSON.stringify(reading);
			expect([seen, ids.length, new Set(ids).size]).toEqual([
				seen,
				idsOf(all).length,
				idsOf(all).length,
			]);
			expect([seen, docs[0]]).toEqual([seen, {}]);
			// Rows need one request a page, and one more where the end shows by nothing new.
			const most = reading.position.startsWith('row')
				? pages + 4
				: pages + Math.ceil(count / PAGE ** 2) + 4;
			expect([seen, docs.length <= most]).toEqual([seen, true]);
		}
	});

	it.each([50, 51, 140, 200])(
		'of %i users is read whole wherever an earlier reading stopped',
		async (count) => {
			for (const reading of ALL)
				await expectWholeFromEachPlace(families(count, withChildren), reading);
		},
	);
});

/** @param {Families} all @param {Reading} reading */
async function expectWholeFromEachPlace(all, reading) {
	const answer = regpack(all, reading);
	const { ids, places } = await read(nodeAt(answer).context);
	const most = Math.ceil(all.length / PAGE) * 2 + 5;
	for (const { before, from } of places) {
		const { context, docs } = nodeAt(answer);
		const { ids: rest } = await read(context, { from });
		const seen = JSON.stringify([reading, from.by, from.position]);
		expect([seen, new Set([...ids.slice(0, before), ...rest]).size]).toEqual([
			seen,
			idsOf(all).length,
		]);
		expect([seen, docs.length <= most]).toEqual([seen, true]);
	}
}

it.each(['page from 0', 'page from 1'])(
	'a long list is read whole wherever an earlier reading stopped: %s',
	async (position) => {
		await expectWholeFromEachPlace(families(2600, false), { ...USUAL, position });
	},
);

const [USUAL] = ALL;

it('requests a project that fits on one page once', async () => {
	for (const total of READINGS.total) {
		const { context, docs } = nodeAt(regpack(families(49, true), { ...USUAL, total }));
		await read(context);
		expect(docs).toEqual([{}]);
	}
});

it('requests a page only when it is needed', async () => {
	const { context, docs } = nodeAt(regpack(families(200, true), USUAL));
	for await (const { position, total } of userPages(context)) {
		expect([position, total]).toEqual([0, 200]);
		break;
	}
	expect(docs).toEqual([{}]);
});

it('continues by rows, with the same parameters in each request', async () => {
	const { context, docs } = nodeAt(regpack(families(120, false), USUAL));
	await read(context, { doc: { with_excluded: true } });
	expect(docs).toEqual([
		{ with_excluded: true },
		{ with_excluded: true, starting_position: 50 },
		{ with_excluded: true, starting_position: 100 },
	]);
});

it('continues from an earlier position without what comes before', async () => {
	const { context, docs } = nodeAt(
		regpack(families(200, true), { ...USUAL, total: 'users and children' }),
	);
	const { places } = await read(context);
	docs.length = 0;
	const { ids } = await read(context, { from: places[2].from });
	expect(docs).toEqual([{ starting_position: 150 }, { starting_position: 200 }]);
	expect(ids).toHaveLength(50 + 2 * 17);
});

it('does not count children as missing parents', async () => {
	// The first page has as many children as there are parents on the second.
	const all = Array.from({ length: 80 }, (_, index) => ({
		id: String(1000 + index),
		children: index < 30 ? [`${1000 + index}1`] : [],
	}));
	for (const reading of ALL) {
		const { ids } = await read(nodeAt(regpack(all, reading)).context);
		expect([reading, ids.length]).toEqual([reading, 110]);
	}
});

it('reads only children, which pages then count', async () => {
	const all = families(120, false);
	const answer = regpack(all, USUAL);
	const { context } = nodeAt((doc) => {
		const { users, ...others } = /** @type {any} */ (answer(doc));
		return { ...others, children: users };
	});
	expect((await read(context, { doc: { only_children: true } })).ids).toEqual(idsOf(all));
});

it('reports users that Regpack counts but does not return, and does not treat the rest as complete', async () => {
	const { context, docs } = nodeAt(() => ({
		total_users: 140,
		users: families(50, false).map(({ id }) => ({ clogin_id: id })),
		children: [],
	}));
	await expect(read(context)).rejects.toThrow('Regpack says that it has 140 users, and gave 50');
	expect(docs.length).toBeLessThanOrEqual(4);
});

it.each([
	['a refusal', { success: false, msg: 'Not now' }],
	['the status 400', undefined],
])('treats %s of a later page as the end only when the total agrees', async (_, refusal) => {
	const first = regpack(families(50, false), { ...USUAL, total: 'none' })({});
	const { context } = nodeAt((doc) =>
		doc.starting_position ? refusal : { ...first, total_users: 140 },
	);
	const error = await read(context).catch((thrown) => thrown);
	expect(error.message).toBe('Regpack says that it has 140 users, and gave 50');
	expect(error.description).toMatch(
		/^Regpack (did not accept the request: Not now|rejected the request with status 400)\. The others could not be read\./,
	);
});

it.each([
	[{ success: false, msg: 'Not now' }, 'Regpack did not accept the request: Not now'],
	['<html>', 'Regpack sent a response that this node does not understand (200)'],
])('does not treat a refused first page as an empty list: %j', async (answer, message) => {
	await expect(read(nodeAt(() => answer).context)).rejects.toThrow(message);
});

it('reports missing users even when children make up the number', async () => {
	const first = regpack(families(50, true), { ...USUAL, total: 'none' })({});
	const { context } = nodeAt(() => ({ ...first, total_users: 60 }));
	await expect(read(context)).rejects.toThrow('Regpack says that it has 60 users, and gave 84');
});

it('ends a list that never does', async () => {
	let id = 0;
	const { context, docs } = nodeAt(() => ({
		users: Array.from({ length: PAGE }, () => ({ clogin_id: String(id++) })),
	}));
	await expect(read(context)).rejects.toThrow('The list of users did not end after 2000 pages');
	expect(docs).toHaveLength(2000);
});

it('rejects an answer without users and children', async () => {
	await expect(read(nodeAt(() => ({ success: true })).context)).rejects.toThrow(
		'Regpack sent a response that this node does not understand (200)',
	);
});
