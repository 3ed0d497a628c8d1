import { regpackPolling } from '#dist/nodes/Regpack/polling/streams.js';
import {
	ACCEPTED,
	ADDED,
	BALANCE,
	changeAll,
	docsOf,
	endOfTest,
	FAMILY,
	FORMS,
	FOUR,
	INDIVIDUAL,
	pollingOf,
	publishedOf,
	regpackForTest,
	STATUS,
	testEvents,
	reportedBy,
	WAITLISTED,
	WITHDRAWN,
	within,
} from './polling.mjs';

afterEach(endOfTest);

/** What is not documented of an element of the list. */
const ELEMENTS = /** @type {const} */ (['parts', 'flat']);

/**
 * A project of three, and a trigger that has polled them once.
 *
 * @param {Partial<import('./polling.mjs').Settings>} [options]
 * @param {object} [setting]
 */
async function polledOnce(options, setting) {
	const regpack = await regpackForTest(options);
	regpack.account.populate(3);
	const polling = await publishedOf(regpack, { ...setting });
	const project = within(regpack);
	return { regpack, polling, project, first: project.ids[0] };
}

describe.each(ELEMENTS)('where the users of a list are %s', (element) => {
	it('reports who was added, with the fields that mail needs', async () => {
		const { polling, project } = await polledOnce({ element });
		const id = project.join({
			first_name: 'Ada',
			last_name: 'Sample',
			main_email: 'ada.sample@example.org',
		});
		const [item, ...others] = (await polling.poll()) ?? [];
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			provider: 'regpack',
			event: ADDED,
			occurredAt: null,
			person: {
				name: 'Ada Sample',
				email: 'ada.sample@example.org',
				firstName: 'Ada',
				lastName: 'Sample',
				id: String(id),
				externalId: null,
			},
			title: 'Ada Sample was added',
			source: 'polling',
			registration: {
				project: String(INDIVIDUAL),
				isChild: false,
				statusId: '0',
				status: null,
				formsTotal: 2,
				formsCompleted: 0,
				order: 0,
			},
		});
		expect(item.eventKey).toMatch(new RegExp(`^regpack:user_added:[0-9a-f]{8}:${id}$`));
	});

	it('reports a change with the earlier value, and the record as it is now', async () => {
		const { polling, project, first } = await polledOnce({ element });
		project.setStatus(first, WAITLISTED);
		await polling.poll();
		project.setStatus(first, ACCEPTED);
		project.complete(first, 1);
		project.order(first, 12_000);
		project.pay(first, 2_000);
		const items = (await polling.poll()) ?? [];
		expect(items).toMatchObject([
			{
				event: STATUS,
				person: { email: 'stone.1@example.org', id: String(first) },
				registration: { statusId: '70001', status: 'Accepted', previousStatus: 'Waitlisted' },
				payload: { event: STATUS, before: { status_id: '70002', status_name: 'Waitlisted' } },
			},
			{
				event: FORMS,
				registration: { formsTotal: 2, formsCompleted: 1 },
				payload: {
					before: {
						completed_forms: '0',
						total_completed_user_forms: '0',
						total_completed_user_mandatory_forms: '0',
					},
				},
			},
			{
				event: BALANCE,
				registration: { order: 120, paid: 20, balance: 100 },
				payload: { before: { total_order: '0.00', total_paid: '0.00', total_balance: '0.00' } },
			},
		]);
		const meta = {
			u_name: 'Avery Stone 1',
			completed_forms: '1',
			total_paid: '20.00',
			status_name: 'Accepted',
		};
		const info = { clogin_id: String(first), connected_to: String(first) };
		const given = element === 'flat' ? { ...info, ...meta } : { user_info: info, meta_info: meta };
		for (const { payload } of items)
			expect(payload).toMatchObject({ ...given, doc: { main_email: 'stone.1@example.org' } });
	});

	it('reports children like other users', async () => {
		const regpack = await regpackForTest({ element, system: 'family' });
		regpack.account.populate(2, { childrenEach: 1 });
		const polling = await publishedOf(regpack);
		const project = within(regpack);
		const [parent, child] = project.ids;
		const born = regpack.account.addChild(parent).cloginId;
		project.complete(child, 1);
		const items = (await polling.poll()) ?? [];
		expect(reportedBy(items)).toEqual([`${FORMS} ${child}`, `${ADDED} ${born}`]);
		for (const item of items)
			expect(item).toMatchObject({
				registration: { parentId: String(parent), project: String(FAMILY), isChild: true },
			});
		expect(await polling.poll()).toBeNull();
	});
});

describe('a status', () => {
	it('is reported each time it changes, even back and forth, each time under its own key', async () => {
		const { polling, project, first } = await polledOnce();
		/** @type {any[]} */
		const items = [];
		for (const status of [ACCEPTED, WAITLISTED, ACCEPTED, WAITLISTED, 0, ACCEPTED]) {
			project.setStatus(first, status);
			items.push(...((await polling.poll()) ?? []));
		}
		expect(
			items.map(({ payload, registration }) => [payload.before.status_id, registration.statusId]),
		).toEqual([
			['0', '70001'],
			['70001', '70002'],
			['70002', '70001'],
			['70001', '70002'],
			['70002', '0'],
			['0', '70001'],
		]);
		expect(new Set(items.map(({ eventKey }) => eventKey)).size).toBe(6);
		expect(items[3].eventKey).toMatch(
			new RegExp(`^regpack:status_changed:[0-9a-f]{8}\\.4:${first}:70001>70002$`),
		);
	});

	it('that excludes is found, and so is its end', async () => {
		const { polling, project, first } = await polledOnce();
		project.setStatus(first, WITHDRAWN);
		expect(await polling.poll()).toMatchObject([
			{ event: STATUS, registration: { status: 'Withdrawn' } },
		]);
		project.setStatus(first, 0);
		expect(await polling.poll()).toMatchObject([
			{ event: STATUS, registration: { previousStatus: 'Withdrawn' } },
		]);
	});

	it('that excludes is not found without Include Excluded Users, and when it ends the user is not added again', async () => {
		const { polling, project, first } = await polledOnce(
			{},
			{ parameters: { settings: { includeExcluded: false } } },
		);
		project.setStatus(first, WITHDRAWN);
		expect(await polling.poll()).toBeNull();
		project.setStatus(first, ACCEPTED);
		expect(reportedBy(await polling.poll())).toEqual([`${STATUS} ${first}`]);
	});
});

describe('completed forms', () => {
	it('are reported when there are more, not when there are fewer, and again when they come back', async () => {
		const { polling, project, first } = await polledOnce();
		const found = [];
		for (const count of [1, 2, 1, 2, 0, 1]) {
			project.complete(first, count);
			found.push(
				(await polling.poll())?.map(({ payload, registration }) => [
					Number(payload.before.completed_forms),
					registration.formsCompleted,
				]),
			);
		}
		expect(found).toEqual([[[0, 1]], [[1, 2]], undefined, [[1, 2]], undefined, [[0, 1]]]);
	});

	it('are compared as numbers', async () => {
		const { regpack, polling, project, first } = await polledOnce();
		const user = regpack.account.get(INDIVIDUAL, first);
		const forms = regpack.account.project(INDIVIDUAL).forms;
		const many = Array.from({ length: 12 }, (_, index) => ({
			...forms[0],
			id: 9000 + index,
			fields: [],
		}));
		forms.push(...many);
		user.formIds = many.map(({ id }) => id);
		project.complete(first, 9);
		await polling.poll();
		project.complete(first, 10);
		expect(await polling.poll()).toMatchObject([
			{
				event: FORMS,
				registration: { formsCompleted: 10 },
				payload: { before: { completed_forms: '9' } },
			},
		]);
	});
});

it('reports all that is new about a user in one poll, and then nothing', async () => {
	const { regpack, polling, first } = await polledOnce();
	const expected = changeAll(regpack, first);
	expect(reportedBy(await polling.poll())).toEqual(expected);
	expect(await polling.poll()).toBeNull();
});

it('reports only the selected events', async () => {
	for (const event of FOUR) {
		const { regpack, polling, first } = await polledOnce({}, { events: [event] });
		const expected = changeAll(regpack, first);
		expect(reportedBy(await polling.poll())).toEqual(
			expected.filter((each) => each.startsWith(event)),
		);
		expect(await polling.poll()).toBeNull();
	}
});

it('reports a user who comes with a status, completed forms and an order only as added', async () => {
	const { polling, project } = await polledOnce();
	const id = project.join();
	project.setStatus(id, ACCEPTED);
	project.complete(id, 2);
	project.order(id, 500);
	expect(reportedBy(await polling.poll())).toEqual([`${ADDED} ${id}`]);
});

it.each(
	/** @type {const} */ ([
		['projects', [String(INDIVIDUAL)], 2],
		['projects', ['100000009'], 0],
		['statuses', ['accepted'], 1],
		['statuses', ['70002'], 1],
		['statuses', ['0'], 0],
		['statuses', ['Accepted', 'Waitlisted'], 2],
	]),
)('filters by %s %j', async (name, values, count) => {
	for (const element of ELEMENTS) {
		const { polling, project } = await polledOnce(
			{ element },
			{ parameters: { filters: { [name]: values } } },
		);
		project.setStatus(project.ids[0], ACCEPTED);
		project.setStatus(project.ids[1], WAITLISTED);
		expect((await polling.poll()) ?? []).toHaveLength(count);
		expect(await polling.poll()).toBeNull();
	}
});

describe('what is requested', () => {
	const NAMES = { first_name: true, last_name: true, main_email: true };

	it.each([
		['three fields, and excluded users', {}, { ...NAMES, with_excluded: true }],
		[
			'the fields of the option',
			{ fields: 'shirt_size, f_111111_1222222,' },
			{ shirt_size: true, f_111111_1222222: true, with_excluded: true },
		],
		['no field when the option is empty', { fields: '' }, { with_excluded: true }],
		['no excluded users when they are left out', { includeExcluded: false }, NAMES],
	])('is %s', async (_, settings, doc) => {
		const regpack = await regpackForTest();
		regpack.account.populate(3);
		const polling = pollingOf(regpack, { parameters: { settings } });
		expect(await docsOf(regpack, polling.poll)).toEqual([doc]);
	});

	it('comes with the item, and person has the received values', async () => {
		const { polling, project } = await polledOnce(
			{},
			{ parameters: { settings: { fields: 'first_name, shirt_size' } } },
		);
		const id = project.join({ first_name: 'Ada', shirt_size: 'Medium' });
		expect(await polling.poll()).toMatchObject([
			{
				person: { id: String(id), email: null, firstName: 'Ada', lastName: null },
				payload: { doc: { first_name: 'Ada', shirt_size: 'Medium' } },
			},
		]);
	});

	it('is the project of the credential, or that of the option', async () => {
		const regpack = await regpackForTest();
		within(regpack, FAMILY).join();
		const parameters = { startFrom: 'listed' };
		expect(await pollingOf(regpack, { parameters }).poll()).toBeNull();
		for (const projectId of [FAMILY, ` ${FAMILY} `]) {
			const polling = pollingOf(regpack, {
				parameters: { ...parameters, settings: { projectId } },
			});
			expect(await polling.poll()).toMatchObject([{ registration: { project: String(FAMILY) } }]);
		}
	});

	it('is rejected without a request when the project is not an ID', async () => {
		const regpack = await regpackForTest();
		const polling = pollingOf(regpack, { parameters: { settings: { projectId: 'Camp' } } });
		await expect(polling.poll()).rejects.toThrow('Project ID is not an ID');
		expect(regpack.requests).toHaveLength(0);
	});
});

describe('test events', () => {
	it('are a real user with the highest ID of the first page, and samples of the changes', async () => {
		for (const element of ELEMENTS) {
			const regpack = await regpackForTest({ element, perPage: 5 });
			regpack.account.populate(12);
			const { items, hints } = await testEvents(regpack, { events: ['*'] });
			expect(regpack.requests).toHaveLength(1);
			expect(items.map(({ event, source }) => [event, source])).toEqual([
				[ADDED, 'polling'],
				[STATUS, 'sample'],
				[FORMS, 'sample'],
				[BALANCE, 'sample'],
			]);
			expect(items[0]).toMatchObject({
				person: { id: '200005', email: 'stone.5@example.org' },
			});
			expect(hints).toMatchObject([
				{ message: expect.stringContaining(`none for ${STATUS}, ${FORMS}, ${BALANCE}`) },
			]);
		}
	});

	it('are those that pass the filters', async () => {
		const regpack = await regpackForTest();
		regpack.account.populate(3);
		within(regpack).setStatus(200002, ACCEPTED);
		const { items } = await testEvents(regpack, {
			events: [ADDED],
			parameters: { filters: { statuses: ['Accepted'] } },
		});
		expect(items).toMatchObject([{ person: { id: '200002' } }]);
	});

	it('are samples only, without a request, where no real ones can be', async () => {
		const regpack = await regpackForTest();
		const { items } = await testEvents(regpack, { events: [STATUS, FORMS, BALANCE] });
		expect(regpack.requests).toHaveLength(0);
		expect(items).toMatchObject([
			{
				source: 'sample',
				event: STATUS,
				registration: { previousStatus: 'Waitlisted', status: 'Accepted', statusId: '70001' },
			},
			{ source: 'sample', event: FORMS, registration: { formsCompleted: 1 } },
			{ source: 'sample', event: BALANCE, registration: { paid: 20 } },
		]);
	});

	it('are a sample of an added user in a project without any', async () => {
		const regpack = await regpackForTest();
		const { items } = await testEvents(regpack, { events: [ADDED] });
		expect(items).toMatchObject([
			{ source: 'sample', event: ADDED, person: { email: 'ada.sample@example.org' } },
		]);
	});

	it('have samples that match their schemas', () => {
		for (const { schema, sample } of regpackPolling.provider.events)
			expect(schema.safeParse(sample)).toMatchObject({ success: true });
	});
});

describe('amounts above 999', () => {
	it('are given as numbers, before and after', async () => {
		const { polling, project, first } = await polledOnce({ amounts: 'comma' });
		project.order(first, 123_400);
		await polling.poll();
		polling.store();
		project.order(first, 100_000);
		const [{ registration, payload }] = (await polling.poll()) ?? [];
		expect([payload.before.total_order, registration.order]).toEqual(['1,234.00', 2234]);
	});

	it('are the same amounts when they are written in another way', async () => {
		const { polling, project, first, regpack } = await polledOnce();
		project.order(first, 123_400);
		await polling.poll();
		polling.store();
		regpack.account.amounts = 'comma';
		expect(reportedBy(await polling.poll())).toEqual([]);
	});
});
