import { z } from 'zod';
import { listOperations } from '#dist/nodes/shared/actions/list.js';

/** @typedef {import('../../../../nodes/shared/actions/list.js').RecordList} RecordList */

const filter = /** @type {const} */ ({
	displayName: 'Team',
	name: 'team',
	type: 'string',
	default: '',
});
const parent = { ...filter, displayName: 'Job', name: 'job' };
const include = { ...filter, displayName: 'Include', name: 'include' };

/** @type {Pick<RecordList, 'objects' | 'record' | 'fields' | 'filters' | 'details'>} */
const LIST = {
	objects: 'step changes',
	fields: [parent],
	details: [include],
	filters: [filter],
	record: {
		schema: z.object({ id: z.number(), mode: z.string().nullish() }).passthrough(),
		simplified: { keep: ['id'] },
		always: ['mode'],
	},
};

/**
 * Runs both operations of a list.
 *
 * @param {import('../../../../nodes/shared/actions/list.js').ListRead} read
 * @param {Record<string, unknown>} [parameters]
 * @param {number} [countPages]
 */
async function run(read, parameters = {}, countPages = 10) {
	/** @type {unknown[]} */
	const limits = [];
	/** @type {unknown[]} */
	const partial = [];
	const [getMany, getCount] = listOperations({
		...LIST,
		countPages,
		read: async (_context, _index, given) => (limits.push(given), read),
	});
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'Node' }),
		getNodeParameter: (
			/** @type {string} */ name,
			/** @type {number} */ _index,
			/** @type {unknown} */ fallback,
		) => parameters[name] ?? fallback,
	});
	const hint = Object.assign(() => {}, {
		partial: (/** @type {unknown} */ each) => void partial.push(each),
	});
	const many = await getMany.run(context, 0, hint);
	return { many, partial, count: await getCount.run(context, 0, hint), limits, getMany, getCount };
}

const records = [{ id: 1 }, { id: 2 }];

describe('Get Count', () => {
	it('counts the records where they are all', async () => {
		const { count } = await run({ records });
		expect(count).toEqual({ count: 2, isAtLeast: false, reason: null });
	});

	it('says why there may be more than it has read', async () => {
		const { count } = await run({ records, partial: { reason: 'Stopped.' } });
		expect(count).toEqual({ count: 2, isAtLeast: true, reason: 'Stopped.' });
	});

	it('gives the total that the provider states', async () => {
		const total = { count: 70, isAtLeast: false, reason: null };
		const { count } = await run({ records, partial: { reason: 'Cut.', total: 70 }, total });
		expect(count).toEqual(total);
	});

	it('has what the whole response is', async () => {
		const { count, getCount } = await run({ records, envelope: { mode: 'test' } });
		expect(count).toMatchObject({ count: 2, mode: 'test' });
		expect(getCount.schema.safeParse(count).success).toBe(true);
	});

	it('reads no more pages than its description says, and no Limit counts', async () => {
		const { limits, getCount } = await run({ records }, { limit: 5 }, 7);
		expect(limits[1]).toEqual({ records: Infinity, pages: 7 });
		expect(getCount.description).toBe(
			'Count step changes, reading at most 7 pages; isAtLeast says whether there may be more',
		);
		expect((await run({ records }, {}, 1)).getCount.description).toBe(
			'Count step changes with one request; isAtLeast says whether there may be more',
		);
	});

	it('has the fields that select and narrow the list, and no others', async () => {
		expect((await run({ records })).getCount.fields).toEqual([parent, filter]);
	});
});

describe('Get Many', () => {
	it.each([
		[{}, 50],
		[{ limit: 3 }, 3],
		[{ returnAll: true, limit: 3 }, Infinity],
	])('reads as many as %j asks for', async (parameters, most) => {
		expect((await run({ records }, parameters)).limits[0]).toEqual({
			records: most,
			pages: Infinity,
		});
	});

	it('says that the list is not complete', async () => {
		expect((await run({ records, partial: { reason: 'Cut.' } })).partial).toEqual([
			{ reason: 'Cut.' },
		]);
		expect((await run({ records })).partial).toEqual([]);
	});

	it('has Output, and the filters last', async () => {
		expect((await run({ records })).getMany.fields.map(({ name }) => name)).toEqual([
			...['job', 'returnAll', 'limit', 'include'],
			...['output', 'fieldsToInclude', 'otherFieldsToInclude', 'team'],
		]);
	});
});
