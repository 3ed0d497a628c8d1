import { fieldsIn } from '#dist/nodes/Regpack/api/fieldIndex.js';

const parts = { user_info: { clogin_id: '1' }, meta_info: { u_name: 'Ada' }, success: true };

test.each([
	[
		'an object by the names of fields',
		{ doc: { size: ['S'], f_1_2: '', field_index: { size: { label: 'Your size' }, f_1_2: {} } } },
		[
			{ key: 'size', label: 'Your size' },
			{ key: 'f_1_2', label: null },
		],
	],
	[
		'texts by the names of fields',
		{ doc: { size: 'S', field_index: { size: 'Your size' } } },
		[{ key: 'size', label: 'Your size' }],
	],
	[
		'a list, in any order',
		{
			doc: {
				size: 'S',
				age: 7,
				field_index: [
					{ id: 3, mapped: 'age', title: 'Age' },
					{ mapped: 'size', title: 'Size' },
					null,
				],
			},
		},
		[
			{ key: 'size', label: 'Size' },
			{ key: 'age', label: 'Age' },
		],
	],
	[
		'an object by IDs, which values do not have as keys',
		{ doc: { size: 'S', field_index: { f_1_2: { mapped: 'size', field_name: 'Size' } } } },
		[{ key: 'size', label: 'Size' }],
	],
	[
		'nothing',
		{ doc: { size: 'S', _utm: {}, more: { errors: [] } } },
		[{ key: 'size', label: null }],
	],
	[
		'beside the two parts',
		{ size: 'S', field_index: { size: { label: 'Size' } } },
		[{ key: 'size', label: 'Size' }],
	],
	['no object', { doc: { size: 'S', field_index: 'none' } }, [{ key: 'size', label: null }]],
	['in a record without values', {}, []],
])('reads an index that is %s', (_, record, expected) => {
	expect(fieldsIn(/** @type {any} */ ({ ...parts, ...record }))).toEqual(expected);
});

test('shows 1,000 fields at most', () => {
	const doc = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f_1_${index}`, '']));
	expect(fieldsIn(/** @type {any} */ ({ ...parts, doc }))).toHaveLength(1000);
});
