import { errorTextOf } from '../errorText.mjs';
import { byId, startNode } from './node.mjs';
import { EXAMPLES } from './operations.mjs';

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

/** The only request's body. */
function sent() {
	expect(started.requests()).toHaveLength(1);
	return started.requests()[0][1];
}

/** @param {string} name @param {Record<string, unknown>} changes of the example's parameters */
const run = async (name, changes) =>
	await started.run(name, { ...EXAMPLES[name](started.ids).parameters, ...changes });

describe('the switches of what Regpack does by itself', () => {
	it.each(['user:create', 'user:createChild', 'user:update'])(
		'of %s send no emails and run triggers unless changed',
		async (name) => {
			const { sendEmails, runTriggers, ...parameters } = EXAMPLES[name](started.ids).parameters;
			await started.run(name, { ...parameters, check: false });
			expect(sent()).toMatchObject({ disable_email_sending: true, submit_forms: true });
			expect(started.regpack.account.mails).toEqual([]);
		},
	);

	it.each(['user:create', 'user:createChild', 'user:update'])(
		'of %s send emails and leave triggers out when set to',
		async (name) => {
			await run(name, { sendEmails: true, runTriggers: false, check: false });
			expect(sent()).toMatchObject({ disable_email_sending: false, submit_forms: false });
			expect(started.regpack.account.mails).toHaveLength(1);
		},
	);

	it('prevent a form from being submitted, or allow it', async () => {
		const { parent } = started.ids;
		const values = { field: [{ name: 'comment', kind: 'text', value: 'x' }] };
		await started.run('user:update', { user: byId(parent), values, runTriggers: false });
		expect(started.user(parent).submitted).toEqual([]);
		await started.run('user:update', { user: byId(parent), values });
		expect(started.user(parent).submitted).toHaveLength(1);
	});
});

describe('a new user', () => {
	it('is an existing person of the organization when one is named', async () => {
		const { cloginId } = started.regpack.account.register({
			groupId: 100000001,
			first_name: 'Fay',
		});
		const { status } = await started.run('user:create', {
			additionalFields: { personId: String(cloginId) },
		});
		expect(status).toBe('success');
		expect(sent()).toMatchObject({ clogin_id: cloginId, doc: {} });
	});

	it.each([
		{},
		{ firstName: ' ', email: '' },
		{ additionalFields: { personId: '', username: '' } },
	])('is not made of nothing: %j', async (parameters) => {
		const { message, description } = errorTextOf(
			await started.run('user:create', parameters),
			started.secrets,
		);
		expect(message).toBe('There is nothing to create the user from');
		expect(description).toContain('Give a name or an email address');
		expect(started.requests()).toEqual([]);
	});

	it.each(['Ada', true])('is not linked to an invalid person: %j', async (personId) => {
		for (const name of ['user:create', 'user:createChild']) {
			expect(
				errorTextOf(await run(name, { additionalFields: { personId } }), started.secrets).message,
			).toBe('Person ID is not an ID');
		}
		expect(started.requests()).toEqual([]);
	});

	it('never shows the password in a message, even from Additional Fields (JSON)', async () => {
		const password = 'abc-123-def';
		// What is written in the node itself n8n keeps with it.
		for (const additionalFields of [
			{ password: '={{ $json.word }}' },
			{ additionalFieldsJson: '={{ { password: $json.word } }}' },
		]) {
			started.regpack.fail({
				match: '',
				status: 200,
				body: { success: false, msg: `${password} is too short: ${password}` },
			});
			const parameters = { ...EXAMPLES['user:create'](started.ids).parameters, additionalFields };
			const refused = errorTextOf(
				await started.run('user:create', parameters, { items: [{ json: { word: password } }] }),
				[...started.secrets, password],
			);
			expect(refused.message).toBe(
				'Regpack did not accept the request: hidden is too short: hidden',
			);
		}
	});

	it('prefers Additional Fields (JSON) to other parameters', async () => {
		await run('user:create', {
			firstName: 'Dan',
			additionalFields: { additionalFieldsJson: '{ "first_name": "Daniel" }' },
		});
		expect(sent().doc.first_name).toBe('Daniel');
	});

	it('has names that an expression gives as numbers', async () => {
		await run('user:create', { firstName: '={{ 007 }}', additionalFields: {} });
		expect(sent().doc.first_name).toBe('7');
	});
});

describe('a child', () => {
	it('may have no fields at all, and doc is sent nevertheless', async () => {
		const { status } = await started.run('user:createChild', { parent: byId(started.ids.parent) });
		expect(status).toBe('success');
		expect(sent().doc).toEqual({});
	});
});

describe('a status', () => {
	it.each([
		['chosen from the list', { __rl: true, mode: 'list', value: '0' }],
		['entered', byId('0')],
		['given by an expression', byId('={{ 0 }}')],
		['given as text', '0'],
	])('is cleared by 0, %s', async (_, statusId) => {
		await run('user:setStatus', { statusId: started.ids.status });
		expect(started.user(started.ids.child).statusId).toBe(started.ids.status);
		const { json } = await run('user:setStatus', { statusId });
		expect(started.requests().at(-1)?.[1].status_id).toBe(0);
		expect(json[0].meta_info.status_id).toBe('0');
	});

	it.each([
		['Accepted', 'Status is not an ID'],
		['={{ "" }}', 'Status is empty'],
	])('is refused where it is no ID: %s', async (statusId, message) => {
		expect(errorTextOf(await run('user:setStatus', { statusId }), started.secrets).message).toBe(
			message,
		);
		expect(started.requests()).toEqual([]);
	});

	it.each([0, '0'])('that no user received is reported', async (effected_users) => {
		started.regpack.fail({
			match: '',
			status: 200,
			body: { success: true, msg_type: 'success', users: [], effected_users },
		});
		const { hints } = await run('user:setStatus', {});
		expect(hints).toMatchObject([
			{
				type: 'warning',
				message:
					'For at least one item, Regpack changed the status of no user: see effected_users, and check both IDs.',
			},
		]);
	});

	it.each([
		[{ name: ' ' }, 'Name is empty'],
		[{ color: 'red' }, 'Color is not a color'],
		[{ color: '#12' }, 'Color is not a color'],
	])('is not created with %j', async (changes, message) => {
		expect(errorTextOf(await run('status:create', changes), started.secrets).message).toBe(message);
		expect(started.requests()).toEqual([]);
	});

	it('excludes only when set to', async () => {
		await run('status:create', { isExcluding: false });
		expect(sent().doc.is_excluded).toBe(0);
	});
});

describe('a login token', () => {
	it('logs the user in once', async () => {
		const { json } = await run('user:createLoginToken', {});
		expect(started.regpack.account.loginWith(json[0].user_token)).toMatchObject({
			cloginId: started.ids.parent,
		});
		expect(() => started.regpack.account.loginWith(json[0].user_token)).toThrow();
	});
});

describe('a product', () => {
	it.each([
		[{ name: '={{ "" }}' }, 'Name is empty'],
		[{ type: 5 }, 'Type is not one that can be created'],
		[{ type: '={{ "event" }}' }, 'Type is not one that can be created'],
		[{ price: '={{ "free" }}' }, 'Price is not a number'],
		[{ price: '={{ "" }}' }, 'Price is not a number'],
		[{ type: 2, price: 0 }, 'The price of a discount cannot be 0'],
		[{ type: 2, price: 0.004 }, 'The price of a discount cannot be 0'],
		[{ categoryId: 'Fees' }, 'Category ID is not an ID'],
		[{ categoryId: '={{ "" }}' }, 'Category ID is empty'],
	])('is not created with %j', async (changes, message) => {
		expect(errorTextOf(await run('product:create', changes), started.secrets).message).toBe(
			message,
		);
		expect(started.requests()).toEqual([]);
	});

	it.each([
		[0, 0],
		[12.5, 12.5],
		['={{ "12.50" }}', 12.5],
		[19.999, 20],
	])('may cost %j', async (price, product_price) => {
		await run('product:create', { price });
		expect(sent().doc.product_price).toBe(product_price);
	});

	it('has only what is set', async () => {
		await run('product:create', { additionalFields: { location: '', onlyOne: false, soldTo: 0 } });
		expect(Object.keys(sent().doc)).toEqual([
			'base_product_type',
			'product_name',
			'product_price',
			'cat_id',
			'only_one',
			'product_type',
		]);
	});
});

describe('a category', () => {
	it('needs a name, even when it is changed', async () => {
		for (const name of ['category:create', 'category:update']) {
			expect(errorTextOf(await run(name, { name: '={{ "" }}' }), started.secrets).message).toBe(
				'Name is empty',
			);
		}
		expect(started.requests()).toEqual([]);
	});

	it.each([
		['Fees', 'Category ID is not an ID'],
		['={{ "" }}', 'Category ID is empty'],
	])('is named by an ID: %s', async (categoryId, message) => {
		expect(errorTextOf(await run('category:update', { categoryId }), started.secrets).message).toBe(
			message,
		);
	});
});

describe('a product that is added', () => {
	it('arrives as one object next to the action', async () => {
		const node = await startNode({ productListAt: 'top', productListShape: 'object' });
		const { json } = await node.run('user:addProduct', {
			user: byId(node.ids.parent),
			productId: node.ids.product,
		});
		expect(json[0]).toMatchObject({ meta_info: { total_order: '120.00' } });
		await node.close();
	});

	it('may be a private one, by its name', async () => {
		const { status } = await run('user:addProduct', {
			productKind: 'private',
			productName: ' Single lesson ',
			productId: '',
			quantity: 1,
			additionalFields: {},
		});
		expect(status).toBe('success');
		expect(sent().product_list).toEqual({ q: 1, name: 'Single lesson' });
	});

	it.each([
		[{ productId: 'Week 1' }, 'Product is not an ID'],
		[{ productId: '={{ "" }}' }, 'Product is empty'],
		[{ productKind: 'private', productName: ' ' }, 'Product Name is empty'],
		[{ quantity: 0 }, 'Quantity is not a whole number of at least 1'],
		[{ quantity: 1.5 }, 'Quantity is not a whole number of at least 1'],
		[{ quantity: '={{ "two" }}' }, 'Quantity is not a whole number of at least 1'],
	])('is refused with %j', async (changes, message) => {
		expect(errorTextOf(await run('user:addProduct', changes), started.secrets).message).toBe(
			message,
		);
		expect(started.requests()).toEqual([]);
	});
});

describe('an email that is logged', () => {
	it.each([
		['object', {}],
		['object', { listIs: 'object' }],
		['array', { listIs: 'list' }],
	])('arrives in the shape that Regpack takes: %s %j', async (emailListShape, options) => {
		const node = await startNode({ emailListShape: /** @type {any} */ (emailListShape) });
		const { parameters } = EXAMPLES['user:logEmail'](node.ids);
		const { status } = await node.run('user:logEmail', { ...parameters, options });
		expect(status).toBe('success');
		expect(node.user(node.ids.child).emails).toMatchObject([{ subject: 'Note' }]);
		await node.close();
	});

	it.each([
		['from', 'From'],
		['to', 'To'],
		['subject', 'Subject'],
		['body', 'Body'],
	])('needs %s', async (name, label) => {
		expect(errorTextOf(await run('user:logEmail', { [name]: ' ' }), started.secrets).message).toBe(
			`${label} is empty`,
		);
		expect(started.requests()).toEqual([]);
	});

	it('has no copies unless they are set', async () => {
		await run('user:logEmail', { additionalFields: { cc: '', adminId: '' } });
		expect(Object.keys(sent().doc.email_list)).toEqual(['from', 'to', 'subject', 'body']);
	});

	it('is in the name of an admin by the ID', async () => {
		expect(
			errorTextOf(
				await run('user:logEmail', { additionalFields: { adminId: 'me' } }),
				started.secrets,
			).message,
		).toBe('Admin ID is not an ID');
	});
});
