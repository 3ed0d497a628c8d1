import { endOfTest, FAMILY, publishedOf, regpackForTest, testEvents, within } from './polling.mjs';

afterEach(endOfTest);

const on = { fetchUserDetails: true };

/** @param {import('./polling.mjs').Regpack} regpack @param {() => Promise<unknown>} work */
async function infosOf({ requests }, work) {
	const before = requests.length;
	await work();
	return requests
		.slice(before)
		.filter(({ action }) => action === 'get_info')
		.map(({ body = '' }) => JSON.parse(body).clogin_id);
}

/** A family project that was polled once. @param {Record<string, unknown>} parameters */
async function polledFamily(parameters) {
	const regpack = await regpackForTest({ system: 'family' });
	const { cloginId: parent } = regpack.account.register({ main_email: 'parent@example.org' });
	const polling = await publishedOf(regpack, { parameters });
	const { cloginId: child } = regpack.account.addChild(parent);
	return { regpack, parent, child, polling };
}

it("gives a polled child the parent's address, which is marked, and the record", async () => {
	const { regpack, parent, child, polling } = await polledFamily(on);
	/** @type {any[] | null} */
	let items = [];
	const asked = await infosOf(regpack, async () => void (items = await polling.poll()));
	expect(asked).toEqual([child, parent]);
	expect(items).toMatchObject([
		{
			event: 'user_added',
			person: { id: String(child), name: 'Robin Stone', email: 'parent@example.org' },
			details: { status: 'fetched', emailOf: 'parent', user: { doc: { first_name: 'Robin' } } },
		},
	]);
});

it('asks for one user once, whatever happened to them', async () => {
	const regpack = await regpackForTest({ system: 'family' });
	const { cloginId: parent } = regpack.account.register();
	const polling = await publishedOf(regpack, { parameters: on });
	regpack.account.setStatus(parent, 70011);
	within(regpack, FAMILY).order(parent, 12_000);
	const asked = await infosOf(regpack, async () => expect(await polling.poll()).toHaveLength(2));
	expect(asked).toEqual([parent]);
});

it('asks for nobody while the option is off', async () => {
	const { regpack, polling } = await polledFamily({});
	const asked = await infosOf(regpack, async () =>
		expect(await polling.poll()).toMatchObject([{ person: { email: null }, details: null }]),
	);
	expect(asked).toEqual([]);
});

it('shows a person who builds what the items will have', async () => {
	const regpack = await regpackForTest({ system: 'family' });
	const { cloginId: parent } = regpack.account.register({ main_email: 'parent@example.org' });
	regpack.account.addChild(parent);
	const { items } = await testEvents(regpack, { events: ['user_added'], parameters: on });
	expect(items).toMatchObject([
		{ person: { email: 'parent@example.org' }, details: { emailOf: 'parent' } },
	]);
});

it('leaves a gap as it is, which is about nobody', async () => {
	const regpack = await regpackForTest();
	const { items, hints } = await testEvents(regpack, { events: ['polling.gap'], parameters: on });
	expect(items).toMatchObject([{ event: 'polling.gap', details: null }]);
	expect(JSON.stringify(hints)).not.toContain('details.error');
});
