import { Regpack } from '#dist/nodes/Regpack/Regpack.node.js';
import { errorTextOf } from '../errorText.mjs';
import { ajv, shippedSchema } from '../outputs.mjs';
import { byId, startNode } from './node.mjs';
import { ASKING, EXAMPLES, OFFLINE, OF_A_USER, OPERATIONS } from './operations.mjs';

/**
 * What an item has that neither of its two schemas allows.
 *
 * @param {string} name
 * @param {unknown} item
 */
function misfits(name, item) {
	const validate = ajv.compile(shippedSchema('Regpack', name));
	validate(item);
	const parsed = OPERATIONS.find((each) => each.name === name)?.operation.schema.safeParse(item);
	return [...(validate.errors ?? []), ...(parsed?.error?.issues ?? [])];
}

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

test('every operation has an example here, and nothing else has', () => {
	expect(Object.keys(EXAMPLES).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort());
});

test.each(OFFLINE)('%s works without a login, and requests nothing', async (name) => {
	const { parameters, gives = {} } = EXAMPLES[name](started.ids);
	const { json } = await started.run(name, parameters, { credentials: {} });
	expect(json[0]).toMatchObject(gives);
	expect(misfits(name, json[0])).toEqual([]);
	expect(started.requests()).toEqual([]);
});

describe.each(ASKING)('%s', (name) => {
	it('sends what Regpack documents, and outputs what it answers', async () => {
		const { parameters, sends, gives = { success: true } } = EXAMPLES[name](started.ids);
		const { status, error, json, hints } = await started.run(name, parameters);
		expect([status, error?.message]).toEqual(['success', undefined]);
		expect(started.requests()).toEqual(sends);
		expect(json[0]).toMatchObject(gives);
		expect(hints).toEqual([]);
		expect(started.regpack.requests.every(({ authenticated }) => authenticated)).toBe(true);
	});

	it('outputs what its schemas declare for each input item', async () => {
		const { status, output, json } = await started.run(
			name,
			EXAMPLES[name](started.ids).parameters,
			{ items: [{ json: {} }, { json: {} }] },
		);
		expect(status).toBe('success');
		expect([
			...new Set(output.map(({ pairedItem }) => /** @type {any} */ (pairedItem).item)),
		]).toEqual([0, 1]);
		for (const item of json) expect(misfits(name, item)).toEqual([]);
	});

	it('works in another project that it names, and as its number', async () => {
		const ids = { ...started.ids, project: 100000001 };
		const { parameters, sends } = EXAMPLES[name](ids);
		for (const projectId of ['100000001', '={{ 100000001 }}']) {
			const first = started.requests().length;
			await started.run(name, { ...parameters, projectId });
			expect(started.requests(first)[0]).toEqual(sends[0]);
		}
	});

	it('requires a project, and sends nothing without one', async () => {
		const { message, description } = errorTextOf(
			await started.run(
				name,
				EXAMPLES[name](started.ids).parameters,
				started.withLogin({ groupId: '' }),
			),
			started.secrets,
		);
		expect(message).toBe('Project ID is empty');
		expect(description).toBe('Set it in the credential Regpack API, or in this node.');
		expect(started.requests()).toEqual([]);
	});
});

describe.each(Object.keys(OF_A_USER))('the user of %s', (name) => {
	const parameter = OF_A_USER[name];

	it.each([
		['a number', '={{ $json.id }}', (/** @type {number} */ id) => id],
		['text, as answers have it', '={{ $json.id }}', String],
		['an expression in the locator', byId('={{ $json.id }}'), String],
		['text with blanks', '={{ $json.id }}', (/** @type {number} */ id) => ` ${id}\n`],
	])('may come as %s', async (_, value, given) => {
		const { parameters, sends } = EXAMPLES[name](started.ids);
		const id =
			started.ids[name === 'user:logEmail' || name === 'user:setStatus' ? 'child' : 'parent'];
		const { status } = await started.run(
			name,
			{ ...parameters, [parameter]: value },
			{ items: [{ json: { id: given(id) } }] },
		);
		expect(status).toBe('success');
		expect(started.requests()).toEqual(sends);
	});

	it.each([
		['Ada', '"Ada"'],
		['12.5', '"12.5"'],
		[-1, '-1'],
		[true, 'true'],
		['0x10', '"0x10"'],
		[['1', '2'], '["1","2"]'],
	])('is refused where it is no ID: %j', async (id, shown) => {
		const { parameters } = EXAMPLES[name](started.ids);
		const { message, description, itemIndex } = errorTextOf(
			await started.run(
				name,
				{ ...parameters, [parameter]: '={{ $json.id }}' },
				{ items: [{ json: /** @type {any} */ ({ id }) }] },
			),
			started.secrets,
		);
		expect(message).toBe(`${parameter === 'parent' ? 'Parent' : 'User'} is not an ID`);
		expect(description).toBe(`IDs are whole numbers; this is ${shown}.`);
		expect(itemIndex).toBe(0);
		expect(started.requests()).toEqual([]);
	});

	it.each(['', null, undefined])('is required when it is missing: %j', async (id) => {
		const { parameters } = EXAMPLES[name](started.ids);
		const run = await started.run(
			name,
			{ ...parameters, [parameter]: byId('={{ $json.id }}') },
			{ items: [{ json: /** @type {any} */ ({ id }) }] },
		);
		expect(errorTextOf(run, started.secrets).message).toBe(
			`${parameter === 'parent' ? 'Parent' : 'User'} is empty`,
		);
		expect(started.requests()).toEqual([]);
	});
});

describe('the list of users to choose from', () => {
	it('shows those of the project, excluded ones too', async () => {
		const { parent, child, other } = started.ids;
		started.regpack.account.setStatus(other, 70013);
		const all = [`Ada Sample (${parent})`, `Cy Other (${other})`, `Bea Sample (${child})`];
		expect((await started.search('user'))?.results.map(({ name }) => name)).toEqual(all);
		expect((await started.search('user', 'sample'))?.results.map(({ value }) => value)).toEqual(
			[parent, child].map(String),
		);
		expect((await started.search('parent'))?.results.map(({ name }) => name)).toEqual(
			all.slice(0, 2),
		);
	});

	it('is that of the project that the node names', async () => {
		expect((await started.search('user', '', { projectId: '100000001' }))?.results).toEqual([]);
	});

	it('ends where 500 are shown', async () => {
		started.regpack.account.populate(1000);
		await started.search('user');
		expect(started.requests()).toHaveLength(10);
	});

	it('is there for every parameter that names one', () => {
		const { description, methods } = /** @type {any} */ (new Regpack());
		/** @type {(property: any) => string[]} */
		const namedBy = ({ modes = [], options = [], values = [] }) => [
			...modes.flatMap((/** @type {any} */ { typeOptions }) => typeOptions?.searchListMethod ?? []),
			...[...options, ...values].flatMap(namedBy),
		];
		const named = description.properties.flatMap(namedBy);
		expect([...new Set(named)].sort()).toEqual(Object.keys(methods.listSearch).sort());
	});
});
