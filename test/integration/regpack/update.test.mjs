import { errorTextOf } from '../errorText.mjs';
import { byId, startNode } from './node.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

const WHY =
	'Regpack changes nothing if the user is not in the project or has no form with the field, or if the field or the answer does not exist. It may also show a value differently from how it was sent.';
const HINT = {
	type: 'warning',
	location: 'outputPane',
	message: `Not every update shows in what Regpack holds: see the field verified of each item. ${WHY}`,
};

/** @param {string} name @param {unknown} value */
const text = (name, value) => ({ name, kind: 'text', value });

/** @param {string} name @param {unknown} answers */
const choices = (name, answers) => ({ name, kind: 'choices', answers });

/**
 * @param {object[]} field
 * @param {Record<string, unknown>} [parameters]
 * @param {Parameters<typeof started.run>[2]} [changes]
 */
const update = (field, parameters, changes) =>
	started.run(
		'user:update',
		{ user: byId(started.ids.parent), values: { field }, ...parameters },
		changes,
	);

const sent = () => started.requests()[0][1].doc;

describe('values', () => {
	it.each([
		[text('comment', 'x'), 'x'],
		[text('comment', ''), ''],
		[text('comment', '={{ 12 }}'), 12],
		[text('comment', '={{ null }}'), ''],
		[text('shirt_size', '={{ ["Small"] }}'), ['Small']],
		[choices('shirt_size', ['Small', 'Large']), ['Small', 'Large']],
		[choices('shirt_size', 'Small'), ['Small']],
		[choices('shirt_size', '={{ [1, 2] }}'), ['1', '2']],
		[choices('shirt_size', []), []],
	])('are sent with the intended type: %j', async (field, value) => {
		await update([field]);
		expect(sent()).toEqual({ [field.name]: value });
	});

	it.each([
		[[], {}, 'There is nothing to update'],
		[[text(' ', 'x')], {}, 'A field has no name'],
		[[text('_usercart', 'x')], {}, '_usercart cannot be updated'],
		[[text('comment', '={{ true }}')], {}, 'The value of comment is neither text nor a number'],
		[[text('comment', '={{ { a: 1 } }}')], {}, 'The value of comment is neither text nor a number'],
		[
			[choices('shirt_size', '={{ [{ a: 1 }] }}')],
			{},
			'The value of shirt_size is neither text nor a number',
		],
		[[], { additionalFieldsJson: '{ "_tags": 1 }' }, '_tags cannot be updated'],
		[[], { additionalFieldsJson: '[1]' }, 'Additional Fields (JSON) is not a JSON object'],
		[[], { additionalFieldsJson: '{' }, 'Additional Fields (JSON) is not JSON'],
	])(
		'that cannot be updated are refused, and nothing is sent: %j %j',
		async (field, parameters, message) => {
			const refused = errorTextOf(await update(field, parameters), started.secrets);
			expect(refused).toMatchObject({ message, itemIndex: 0 });
			expect(started.requests()).toEqual([]);
		},
	);

	it('of a child are sent with its parent when that is given', async () => {
		await update([text('allergies', 'None')], {
			user: byId(started.ids.child),
			additionalFields: { parentId: String(started.ids.parent) },
		});
		expect(started.requests()[0][1]).toMatchObject({
			clogin_id: started.ids.child,
			connected_to: started.ids.parent,
		});
		expect(started.user(started.ids.child).values.allergies).toBe('None');
	});

	it('that Additional Fields (JSON) has as well are those of Additional Fields (JSON)', async () => {
		await update([text('comment', 'x')], { additionalFieldsJson: '{ "comment": "y" }' });
		expect(sent()).toEqual({ comment: 'y' });
	});
});

describe.each(/** @type {const} */ (['doc', 'top']))(
	'an update that is read back from %s',
	(valuesAt) => {
		beforeEach(async () => {
			await started.close();
			started = await startNode({ valuesAt });
		});

		it.each([
			['a text', text('comment', 'Hello'), 'Hello'],
			['a number', text('comment', '={{ 12 }}'), '12'],
			['answers in another order', choices('shirt_size', ['Large', 'Small']), ['Small', 'Large']],
			[
				'an answer that the form has with HTML',
				choices('heard_from', ['A friend']),
				['<b>A friend</b>'],
			],
			[
				'an answer with HTML that the form has without',
				choices('heard_from', ['<i>The web</i>']),
				['The web'],
			],
			['no text', text('comment', ''), ''],
			['no answers', choices('shirt_size', []), []],
			['one answer that is shown as text', choices('shirt_size', ['Small']), 'Small'],
			['a text with other blanks', text('comment', ' a\r\nb '), 'a\nb'],
		])('is as sent: %s', async (_, field, held) => {
			const { status, json, hints } = await update([field], {}, undefined);
			expect(status).toBe('success');
			started.user(started.ids.parent).values[field.name] = /** @type {any} */ (held);
			expect([json[0].verified, hints]).toEqual([{ [field.name]: 'as sent' }, []]);
			// Whatever the simulator makes of it: what Regpack may show is held instead, and read back.
			const restore = started.regpack.fail({
				match: ' update',
				status: 200,
				body: { success: true },
			});
			const again = await update([field]);
			restore();
			expect([again.json[0].verified, again.hints]).toEqual([{ [field.name]: 'as sent' }, []]);
		});

		it.each([
			['a field that does not exist', text('no_such', 'x'), 'not shown'],
			['a field of a form that the user does not have', text('interview_notes', 'x'), 'not shown'],
			['an answer that does not exist', choices('shirt_size', ['Huge']), 'not as sent'],
			[
				'an answer that does not exist beside one that does',
				choices('shirt_size', ['Small', 'Huge']),
				'not as sent',
			],
			['text for a field with answers', text('shirt_size', 'Small'), 'not as sent'],
		])('that silently changes nothing is reported: %s', async (_, field, verdict) => {
			const { status, json, hints } = await update([field, text('comment', 'Hello')]);
			expect(status).toBe('success');
			expect(json[0]).toMatchObject({
				success: true,
				verified: { [field.name]: verdict, comment: 'as sent' },
			});
			expect(hints).toEqual([HINT]);
		});

		it('fails the item when so configured', async () => {
			const { message, description, itemIndex } = errorTextOf(
				await update(
					[text('comment', 'Hello'), text('no_such', 'x'), choices('shirt_size', ['Huge'])],
					{ ifNotAsSent: 'fail' },
				),
				started.secrets,
			);
			expect(message).toBe('The update was sent, but it does not show in no_such, shirt_size');
			expect(description).toBe(WHY);
			expect(itemIndex).toBe(0);
			expect(started.user(started.ids.parent).values.comment).toBe('Hello');
		});
	},
);

test('one warning is shown for many items', async () => {
	const { json, hints } = await update(
		[text('no_such', 'x')],
		{},
		{ items: Array.from({ length: 5 }, () => ({ json: {} })) },
	);
	expect(json).toHaveLength(5);
	expect(hints).toEqual([HINT]);
});

test('a user who is not in the project is not mistaken for one who was updated', async () => {
	const { json, hints } = await update([text('comment', 'x')], { user: byId(999) });
	expect(json[0]).toEqual({ success: true, verified: { comment: 'not checked' } });
	expect(hints[0].message).toMatch(
		/They could not be read back: Regpack did not accept the request: .+\.$/,
	);
	const { message, description } = errorTextOf(
		await update([text('comment', 'x')], { user: byId(999), ifNotAsSent: 'fail' }),
		started.secrets,
	);
	expect(message).toBe('The update was sent, but it does not show in comment');
	expect(description).toMatch(/^They could not be read back: /);
});

test('an update that was sent does not fail because it could not be read back', async () => {
	started.regpack.fail({
		match: 'get_info',
		status: 503,
		headers: { 'retry-after': '0' },
		times: Infinity,
	});
	const { status, json, hints } = await update([text('comment', 'x')]);
	expect(status).toBe('success');
	expect(json[0].verified).toEqual({ comment: 'not checked' });
	expect(hints[0].message).toContain('Regpack is not available at the moment');
});

test('an unchecked update needs one request', async () => {
	const { json, hints } = await update([text('no_such', 'x')], { check: false });
	expect(json[0].verified).toBeUndefined();
	expect(hints).toEqual([]);
	expect(started.requests()).toHaveLength(1);
});

test('an update that Regpack refuses is not read back', async () => {
	const node = await startNode({ noOps: 'error' });
	const run = await node.run('user:update', {
		user: byId(node.ids.parent),
		values: { field: [text('no_such', 'x')] },
	});
	expect(errorTextOf(run, node.secrets).message).toBe(
		'Regpack did not accept the request: Nothing was updated',
	);
	expect(node.requests()).toHaveLength(1);
	await node.close();
});
