import {
	additionalJson,
	asIs,
	booleanRow,
	requestBody,
	requiredRow,
	tableProperties,
	textRow,
	untrimmed,
} from '#dist/nodes/shared/actions/fieldTable.js';

/** @typedef {import('../../../../nodes/shared/actions/fieldTable.js').FieldTable} FieldTable */

const kind = {
	displayName: 'Kind',
	name: 'kind',
	type: /** @type {const} */ ('options'),
	default: 'a',
	options: [],
};
const onlyFor = (/** @type {string} */ value) => ({ displayOptions: { show: { kind: [value] } } });

/** @param {FieldTable} table @param {Record<string, unknown>} parameters */
const bodyOf = (table, parameters) =>
	requestBody(
		/** @type {any} */ ({
			getNode: () => ({ name: 'Node' }),
			getNodeParameter: (
				/** @type {string} */ name,
				/** @type {number} */ _index,
				/** @type {unknown} */ fallback,
			) => parameters[name] ?? fallback,
		}),
		2,
		table,
	);

describe('the parameters of a table', () => {
	const main = [kind, requiredRow(textRow('name', 'Name', 'name', 'The name'))];

	it('are those of its rows and the others, in their order', () => {
		expect(tableProperties({ main })).toEqual([
			kind,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'The name',
				required: true,
			},
		]);
	});

	it('end with a collection, sorted by label', () => {
		const additional = [
			additionalJson('Acme'),
			booleanRow('b', 'Zeta', 'zeta', 'Whether'),
			textRow('a', 'Alpha', 'alpha', 'First'),
		];
		const [, , collection] = tableProperties({ main, additional });
		expect(collection).toMatchObject({
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
		});
		expect(collection.options?.map(({ name }) => name)).toEqual([
			'additionalFieldsJson',
			'alpha',
			'zeta',
		]);
		expect(
			tableProperties({ main, additional, collection: { ...kind, name: 'updateFields' } })[2].name,
		).toBe('updateFields');
	});
});

describe('the body of a table', () => {
	it('has each value under its key', () => {
		const main = [
			textRow('first', 'First', 'first', ''),
			textRow('doc.inner.second', 'Second', 'second', ''),
			kind,
		];
		const additional = [
			booleanRow('doc.isOn', 'On', 'on', ''),
			{ key: 'count', property: { ...kind, name: 'count' }, convert: asIs },
		];
		expect(
			bodyOf(
				{ main, additional },
				{ first: 'a', second: 'b', kind: 'x', additionalFields: { on: false, count: 0 } },
			),
		).toEqual({
			first: 'a',
			doc: { inner: { second: 'b' }, isOn: false },
			count: 0,
		});
	});

	it.each([
		[' a ', { text: 'a' }],
		[7, { text: '7' }],
		[{ __rl: true, mode: 'id', value: ' 7 ' }, { text: '7' }],
		['', {}],
		[' ', {}],
		[null, {}],
		[{ __rl: true, mode: 'list', value: '' }, {}],
	])('has text trimmed, and nothing where it is empty: %j', (text, body) => {
		expect(bodyOf({ main: [textRow('text', 'Text', 'text', '')] }, { text })).toEqual(body);
	});

	it('has the default of a parameter that is not set, but not in a collection', () => {
		const row = textRow('text', 'Text', 'text', '', { default: 'a' });
		expect(bodyOf({ main: [row] }, {})).toEqual({ text: 'a' });
		expect(bodyOf({ main: [], additional: [row] }, {})).toEqual({});
	});

	it('keeps the spaces of text that is sent untrimmed', () => {
		const row = { ...textRow('text', 'Text', 'text', ''), convert: untrimmed };
		expect(bodyOf({ main: [row] }, { text: ' a\n' })).toEqual({ text: ' a\n' });
		expect(bodyOf({ main: [row] }, { text: '' })).toEqual({});
	});

	it('omits hidden parameters, even if they are required', () => {
		const main = ['a', 'b'].map((name) =>
			requiredRow(textRow(name, name, name, '', onlyFor(name))),
		);
		expect(bodyOf({ main: [kind, ...main] }, { kind: 'b', a: 'x', b: 'y' })).toEqual({ b: 'y' });
		expect(bodyOf({ main: [kind, ...main] }, { kind: 'a', a: 'x' })).toEqual({ a: 'x' });
	});

	it.each([undefined, 'doc'])(
		'prefers Additional Fields (JSON) to other parameters: at %s',
		(key) => {
			const main = [
				textRow(key ? 'doc.a' : 'a', 'A', 'a', ''),
				textRow(key ? 'doc.b' : 'b', 'B', 'b', ''),
			];
			const body = bodyOf(
				{ main, additional: [additionalJson('Acme', key)] },
				{ a: '1', b: '2', additionalFields: { additionalFieldsJson: '{ "b": [3], "c": null }' } },
			);
			const merged = { a: '1', b: [3], c: null };
			expect(body).toEqual(key ? { doc: merged } : merged);
		},
	);

	it('cannot be given another prototype', () => {
		const additionalFieldsJson = '{ "__proto__": { "polluted": 1 } }';
		for (const key of [undefined, 'doc']) {
			const body = bodyOf(
				{ main: [], additional: [additionalJson('Acme', key)] },
				{ additionalFields: { additionalFieldsJson } },
			);
			expect([Object.getPrototypeOf(body), Object.getPrototypeOf(body.doc ?? {})]).toEqual([
				Object.prototype,
				Object.prototype,
			]);
		}
		expect({}).not.toHaveProperty('polluted');
	});

	it('needs required fields, which Additional Fields (JSON) may provide', () => {
		const table = {
			main: [requiredRow(textRow('doc.a', 'Label', 'a', ''))],
			additional: [additionalJson('Acme', 'doc')],
		};
		expect(() => bodyOf(table, { a: ' ' })).toThrow(
			expect.objectContaining({
				message: 'Label is empty',
				description: 'Give it a value for this item.',
				context: expect.objectContaining({ itemIndex: 2 }),
			}),
		);
		expect(bodyOf(table, { additionalFields: { additionalFieldsJson: { a: 1 } } })).toEqual({
			doc: { a: 1 },
		});
	});

	it.each([
		['{', 'Additional Fields (JSON) is not JSON'],
		['[]', 'Additional Fields (JSON) is not a JSON object'],
	])('is not made of %s', (additionalFieldsJson, message) => {
		expect(() =>
			bodyOf(
				{ main: [], additional: [additionalJson('Acme')] },
				{ additionalFields: { additionalFieldsJson } },
			),
		).toThrow(message);
	});
});
