import { z } from 'zod';
import { outputSchema, withOutput } from '#dist/nodes/shared/actions/output.js';

/** @typedef {import('../../../../nodes/shared/actions/record.js').RecordOutput} RecordOutput */

const text = z.string().nullish();
const schema = z
	.object({
		_self: text,
		id: z.number(),
		latest_cv_url: text,
		mode: text,
		name: text,
		owner: z.object({ name: z.string() }).passthrough().nullish(),
	})
	.passthrough();

/** @type {RecordOutput} */
const KEPT = { schema, simplified: { keep: ['name', 'owner', 'id'] }, technical: /^_/ };

/** @type {RecordOutput} */
const ORDERED = { ...KEPT, simplified: { first: ['name'], leaveOut: ['latest_cv_url'] } };

/** @type {RecordOutput} */
const DERIVED = {
	...KEPT,
	derived: {
		shape: { initial: z.string() },
		of: ({ name }) => ({ initial: String(name).slice(0, 1) }),
	},
	simplified: { keep: ['initial', 'name'] },
	always: ['mode'],
};

const RECORD = {
	_self: '/7',
	id: 7,
	latest_cv_url: '/7/cv',
	mode: 'test',
	owner: { _self: '/9', name: 'Ana' },
	name: 'Lea',
	added: { later: true },
};

/**
 * What comes out of a read with Output.
 *
 * @param {RecordOutput} record
 * @param {Record<string, unknown>} parameters
 * @param {any} read
 */
async function run(record, parameters, read) {
	/** @type {string[]} */
	const hints = [];
	let reads = 0;
	const operation = withOutput({
		...{ value: 'get', name: 'Get', action: 'Get', description: '', fields: [], record },
		run: async () => (reads++, read),
	});
	const context = {
		getNode: () => ({ name: 'Node' }),
		getNodeParameter: (
			/** @type {string} */ name,
			/** @type {number} */ _index,
			/** @type {unknown} */ fallback,
		) => parameters[name] ?? fallback,
	};
	const hint = Object.assign((/** @type {string} */ each) => void hints.push(each), {
		partial: () => {},
	});
	const output = await operation.run(/** @type {any} */ (context), 3, hint).catch((error) => error);
	return { output, hints, reads };
}

/** @param {RecordOutput} record @param {Record<string, unknown>} [parameters] */
const outputOf = async (record, parameters = {}) => (await run(record, parameters, RECORD)).output;

/** Also tells the order of the keys. @param {unknown} value */
const written = (value) => JSON.stringify(value);

describe('Simplified', () => {
	it('is the default, and has the fields that are kept, in their order', async () => {
		const expected = { name: 'Lea', owner: { name: 'Ana' }, id: 7 };
		expect(written(await outputOf(KEPT))).toBe(written(expected));
		expect(await outputOf(KEPT, { output: 'simplified' })).toEqual(expected);
	});

	it('has what the provider adds after the first fields, but no technical ones', async () => {
		expect(written(await outputOf(ORDERED))).toBe(
			written({ name: 'Lea', id: 7, mode: 'test', owner: { name: 'Ana' }, added: { later: true } }),
		);
	});

	it('has what is derived, and last what no choice drops', async () => {
		expect(written(await outputOf(DERIVED))).toBe(
			written({ initial: 'L', name: 'Lea', mode: 'test' }),
		);
	});

	it.each([[{ _self: '/9' }], [{ _self: '/9', jobs: { _self: '/9/jobs' } }]])(
		'keeps what is technical where an object has nothing else: %j',
		async (owner) => {
			const { output } = await run(KEPT, {}, { owner });
			expect(output).toEqual({ owner });
		},
	);

	it('drops a mere link beside other fields', async () => {
		const { output } = await run(KEPT, {}, { owner: { name: 'Ana', jobs: { _self: '/9/jobs' } } });
		expect(output).toEqual({ owner: { name: 'Ana' } });
	});

	it('drops technical keys in lists, and keeps an empty object and null', async () => {
		const owner = { team: [{ _self: '/1', name: 'A' }, null, 'B'], none: {}, unset: null };
		const { output } = await run(KEPT, {}, { owner });
		expect(output).toEqual({
			owner: { team: [{ name: 'A' }, null, 'B'], none: {}, unset: null },
		});
	});

	it('simplifies each record of a list', async () => {
		const { output } = await run(KEPT, {}, [RECORD, { id: 8 }]);
		expect(output).toEqual([{ name: 'Lea', owner: { name: 'Ana' }, id: 7 }, { id: 8 }]);
	});

	it('does not invent what the record lacks', async () => {
		const { output } = await run(KEPT, {}, {});
		expect(output).toEqual({});
	});
});

describe('Raw', () => {
	it.each([
		['kept', KEPT],
		['ordered', ORDERED],
		['derived', DERIVED],
	])('is the record itself: %s', async (_, record) => {
		expect(await outputOf(record, { output: 'raw' })).toBe(RECORD);
	});
});

describe('Selected Fields', () => {
	/** @param {RecordOutput} record @param {unknown} fields @param {unknown} [others] @param {any} [read] */
	const select = (record, fields, others, read = RECORD) =>
		run(
			record,
			{ output: 'selected', fieldsToInclude: fields, otherFieldsToInclude: others },
			read,
		);

	it('has them in the order in which they were chosen, unchanged', async () => {
		const { output, hints } = await select(KEPT, ['id', 'owner', '_self']);
		expect(written(output)).toBe(
			written({ id: 7, owner: { _self: '/9', name: 'Ana' }, _self: '/7' }),
		);
		expect(hints).toEqual([]);
	});

	it.each([
		['added, owner.name'],
		[' added ,,owner.name '],
		[['added', 'owner.name']],
		[['added,owner.name', '']],
	])('takes typed names, and dots into objects: %j', async (typed) => {
		const { output } = await select(KEPT, [], typed);
		expect(output).toEqual({ added: { later: true }, owner: { name: 'Ana' } });
	});

	it('takes what is derived, and what no choice drops', async () => {
		const { output } = await select(DERIVED, ['initial']);
		expect(output).toEqual({ initial: 'L', mode: 'test' });
	});

	it('takes a name with a dot as it is, if the record has it', async () => {
		const { output } = await select(KEPT, [], 'a.b', { 'a.b': 1, a: { b: 2 } });
		expect(output).toEqual({ 'a.b': 1 });
	});

	it('says which typed names no record has, and is silent about the known ones', async () => {
		const { output, hints } = await select(KEPT, ['name'], 'frist_name, rare', [
			{ name: 'A' },
			{ rare: 1 },
		]);
		expect(output).toEqual([{ name: 'A' }, { rare: 1 }]);
		expect(hints).toEqual(['No record has the field "frist_name". Check Other Fields to Include.']);
		expect((await select(KEPT, [], 'x', [])).hints).toEqual([]);
	});

	it.each(['toString', 'constructor.name', '__proto__', 'owner.__proto__', 'name.length.x'])(
		'has only what the record itself has: %s',
		async (name) => {
			const { output, hints } = await select(KEPT, [], name);
			expect(Object.keys(output)).toEqual([]);
			expect(hints).toHaveLength(1);
		},
	);

	it.each([[[]], [''], [undefined]])(
		'needs a field, and reads nothing without: %j',
		async (none) => {
			const { output, reads } = await select(KEPT, none, ' , ');
			expect(output.message).toBe('Fields to Include is empty');
			expect(output.context.itemIndex).toBe(3);
			expect(reads).toBe(0);
		},
	);
});

it('a choice that there is not is refused before anything is read', async () => {
	const { output, reads } = await run(KEPT, { output: 'everything' }, RECORD);
	expect([output.message, output.description]).toEqual([
		'Output cannot be "everything"',
		'Use simplified, selected or raw.',
	]);
	expect(reads).toBe(0);
});

it('keys that could reach a prototype stay keys', async () => {
	const record = JSON.parse('{ "name": "A", "__proto__": { "polluted": true } }');
	const { output } = await run({ ...ORDERED, technical: undefined }, {}, record);
	expect(JSON.stringify(output)).toBe('{"name":"A","__proto__":{"polluted":true}}');
	expect(/** @type {any} */ ({}).polluted).toBeUndefined();
});

it('a record nested deeper than any real one does no harm', async () => {
	const depth = 100_000;
	const record = JSON.parse(`{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`);
	const { output } = await run(KEPT, {}, record);
	expect(output.name).toHaveLength(1);
});

describe('the parameters', () => {
	const { fields } = withOutput({
		...{ value: 'get', name: 'Get', action: 'Get', description: '' },
		fields: [],
		record: DERIVED,
		run: async () => ({}),
	});
	const [output, toInclude, others] = fields;

	it('are Output, and the fields for Selected Fields only', () => {
		expect(output).toMatchObject({ displayName: 'Output', default: 'simplified' });
		for (const field of [toInclude, others])
			expect(field.displayOptions).toEqual({ show: { output: ['selected'] } });
	});

	it('offer the known fields by readable labels, without technical ones', () => {
		expect(toInclude.options).toEqual([
			{ name: 'ID', value: 'id' },
			{ name: 'Initial', value: 'initial' },
			{ name: 'Latest CV URL', value: 'latest_cv_url' },
			{ name: 'Name', value: 'name' },
			{ name: 'Owner', value: 'owner' },
		]);
	});

	it('offer each label once, for the field that Simplified has', () => {
		const { fields: twice } = withOutput({
			...{ value: 'get', name: 'Get', action: 'Get', description: '', fields: [] },
			record: {
				schema: z.object({ change_id: text }),
				derived: { shape: { changeId: text }, of: () => ({}) },
				simplified: { keep: ['changeId'] },
			},
			run: async () => ({}),
		});
		expect(twice[1].options).toEqual([{ name: 'Change ID', value: 'changeId' }]);
	});
});

describe('the schema', () => {
	it('begins with the fields of Simplified, in their order, and has all others', () => {
		expect(Object.keys(outputSchema(KEPT).shape)).toEqual([
			...['name', 'owner', 'id'],
			...['_self', 'latest_cv_url', 'mode'],
		]);
	});

	it.each(['simplified', 'raw', 'selected'])('holds for %s', async (choice) => {
		const output = await outputOf(DERIVED, { output: choice, fieldsToInclude: ['owner'] });
		expect(outputSchema(DERIVED).safeParse(output).success).toBe(true);
	});
});
