import { objectOfFields } from '#dist/nodes/shared/webhook/parseForm.js';

/** @param {string} query as a form is sent, but for its percent signs */
const objectOf = (query) =>
	objectOfFields(new URLSearchParams(query.replaceAll('%', '%25').replaceAll('+', '%2B')));

describe('the fields of a form', () => {
	test.each([
		['that is flat', 'event=a&empty=&=b', { event: 'a', empty: '', '': 'b' }],
		[
			'with brackets',
			'doc[first_name]=Ada&doc[last_name]=Sample',
			{ doc: { first_name: 'Ada', last_name: 'Sample' } },
		],
		[
			'with brackets in brackets',
			'a[b][c][d]=1&a[b][e]=2',
			{ a: { b: { c: { d: '1' }, e: '2' } } },
		],
		[
			'with empty brackets',
			'doc[sports][]=Golf&doc[sports][]=Polo',
			{ doc: { sports: ['Golf', 'Polo'] } },
		],
		[
			'with numbers',
			'cart[0][q]=1&cart[0][p]=2&cart[1][q]=3',
			{ cart: [{ q: '1', p: '2' }, { q: '3' }] },
		],
		['with numbers in any order', 'a[2]=z&a[0]=x&a[1]=y', { a: ['x', 'y', 'z'] }],
		['with one number', 'a[0]=x', { a: ['x'] }],
		['with a number that is missing', 'a[0]=x&a[2]=z', { a: { 0: 'x', 2: 'z' } }],
		['with numbers that begin later', 'a[1]=y&a[2]=z', { a: { 1: 'y', 2: 'z' } }],
		['with numbers in another spelling', 'a[00]=x&a[01]=y', { a: { '00': 'x', '01': 'y' } }],
		['with numbers and names', 'a[0]=x&a[b]=y', { a: { 0: 'x', b: 'y' } }],
		['with IDs for names', 'a[200001]=x&a[200003]=y', { a: { 200001: 'x', 200003: 'y' } }],
		['named 0 and 1', '0=x&1=y', { 0: 'x', 1: 'y' }],
	])('%s', (_, query, expected) => {
		expect(objectOf(query)).toEqual(expected);
	});

	// As PHP reads them.
	test.each([
		['of the same name: the last counts', 'a=1&b=2&a=3', { a: '3', b: '2' }],
		['of a name that gets brackets later: these count', 'a=1&a[b]=2', { a: { b: '2' } }],
		['of a name that had brackets: the text counts', 'a[b]=2&a=1', { a: '1' }],
		[
			'with empty brackets after numbers: they go on',
			'a[0]=x&a[]=y&a[7]=z&a[]=w',
			{ a: { 0: 'x', 1: 'y', 7: 'z', 8: 'w' } },
		],
		[
			'with empty brackets before brackets: each is another',
			'a[][x]=1&a[][y]=2',
			{ a: [{ x: '1' }, { y: '2' }] },
		],
		['with empty brackets in empty brackets', 'a[][]=1&a[][]=2', { a: [['1'], ['2']] }],
		['with empty brackets in two lists', 'a[0][]=1&a[1][]=2&a[0][]=3', { a: [['1', '3'], ['2']] }],
	])('%s', (_, query, expected) => {
		expect(objectOf(query)).toEqual(expected);
	});

	test.each(['[]', '[a]', 'a[b', 'a]b', ']', '[', 'a[b]c'])(
		'with the odd name %s keep it',
		(name) => {
			expect(objectOfFields([[name, 'x']])).toEqual({ [name]: 'x' });
		},
	);
});

describe('a field that holds JSON', () => {
	test.each([
		['an object', '{"clogin_id":"200001"}', { clogin_id: '200001' }],
		['a list', ' [{"q":1}]', [{ q: 1 }]],
		['an empty object', '{}', {}],
		['an object named like a list', '{"0":"x","1":"y"}', { 0: 'x', 1: 'y' }],
	])('is %s', (_, text, expected) => {
		expect(objectOfFields([['user_info', text]])).toEqual({ user_info: expected });
		expect(objectOfFields([['a[b]', text]])).toEqual({ a: { b: expected } });
	});

	test.each([
		'12',
		'0012',
		'true',
		'null',
		'"Ada"',
		'{Ada}',
		'[see letter',
		'{"a":1,}',
		'{} {}',
		'',
	])('is the text that it looks like: %s', (text) => {
		expect(objectOfFields([['note', text]])).toEqual({ note: text });
	});
});
