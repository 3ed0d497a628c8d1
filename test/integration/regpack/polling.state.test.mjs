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
	stateOf,
	pollingOf,
	publishedOf,
	regpackForTest,
	STATUS,
	reportedBy,
	WAITLISTED,
	WITHDRAWN,
	within,
} from './polling.mjs';

const { now } = Date;

afterEach(async () => {
	Date.now = now;
	await endOfTest();
});

/** @param {number} count @param {Partial<import('./polling.mjs').Settings>} [options] */
async function projectOf(count, options) {
	const regpack = await regpackForTest(options);
	regpack.account.populate(count);
	const project = within(regpack);
	return { regpack, project, ids: project.ids };
}

/** @param {{ eventKey: string }[] | null} items */
const keysOf = (items) => (items ?? []).map(({ eventKey }) => eventKey);

describe('the first poll', () => {
	it('reports no users with Start From: Now', async () => {
		const { regpack, ids } = await projectOf(7);
		within(regpack).setStatus(ids[0], ACCEPTED);
		const polling = pollingOf(regpack);
		expect(await polling.poll()).toBeNull();
		expect(await polling.poll()).toBeNull();
	});

	it('begins with the first user of a project that has none', async () => {
		const { regpack, project } = await projectOf(0);
		const polling = await publishedOf(regpack);
		const id = project.join();
		expect(reportedBy(await polling.poll())).toEqual([`${ADDED} ${id}`]);
	});

	it.each([
		['All Available', { startFrom: 'listed' }],
		['A Date, as Regpack shows no times', { startFrom: 'date', startDate: '2126-01-01T00:00:00Z' }],
	])('reports all as added with Start From: %s', async (_, parameters) => {
		const { regpack, ids } = await projectOf(120);
		within(regpack).setStatus(ids[0], WITHDRAWN);
		const polling = pollingOf(regpack, { parameters });
		const items = await polling.poll();
		expect(reportedBy(items)).toEqual(ids.map((id) => `${ADDED} ${id}`));
		expect(new Set(keysOf(items)).size).toBe(120);
		expect(await polling.poll()).toBeNull();
	});

	it('that has too little time is continued by the next ones, and each is reported once', async () => {
		const { regpack, project, ids } = await projectOf(120);
		const polling = pollingOf(regpack, {
			budgetMs: 0,
			parameters: { startFrom: 'listed' },
		});
		const items = [];
		for (const count of [50, 50, 20]) {
			const found = (await polling.poll()) ?? [];
			expect(found).toHaveLength(count);
			items.push(...found);
			polling.restart();
		}
		expect(reportedBy(items)).toEqual(ids.map((id) => `${ADDED} ${id}`));
		project.setStatus(ids[60], ACCEPTED);
		const later = [];
		for (let count = 0; count < 5; count++) later.push(...((await polling.poll()) ?? []));
		expect(reportedBy(later)).toEqual([`${STATUS} ${ids[60]}`]);
	});

	it('that runs out of time does not report users who appear in its other parts', async () => {
		const { regpack, project, ids } = await projectOf(120);
		const polling = pollingOf(regpack, { budgetMs: 0 });
		await polling.poll();
		// On the first page, which was read, and on the last.
		project.setStatus(ids[0], ACCEPTED);
		project.setStatus(ids[119], ACCEPTED);
		const early = project.join();
		for (let count = 0; count < 2; count++) expect(await polling.poll()).toBeNull();
		expect(Object.keys(stateOf(polling).users)).toContain(String(early));
		// Its end is met with the first page of the next reading.
		const items = [];
		for (let count = 0; count < 4; count++) items.push(...((await polling.poll()) ?? []));
		expect(reportedBy(items)).toEqual([`${STATUS} ${ids[0]}`]);
	});
});

describe('a restart', () => {
	it('reports nothing again, and loses nothing', async () => {
		const { regpack, project, ids } = await projectOf(3);
		const polling = await publishedOf(regpack);
		const expected = changeAll(regpack, ids[0]);
		expect(reportedBy(await polling.poll())).toEqual(expected);
		polling.restart();
		expect(await polling.poll()).toBeNull();
		project.setStatus(ids[0], WAITLISTED);
		polling.restart();
		expect(reportedBy(await polling.poll())).toEqual([`${STATUS} ${ids[0]}`]);
	});

	it('before the state was stored makes the same keys, so that nothing runs twice', async () => {
		const { regpack, project, ids } = await projectOf(3);
		const polling = await publishedOf(regpack);
		const { stored } = polling;
		const expected = changeAll(regpack, ids[0]);
		expect(reportedBy(await polling.poll())).toEqual(expected);
		polling.restart(structuredClone(stored));
		const found = (await polling.polled())?.[0] ?? [];
		expect(found).toHaveLength(4);
		polling.restart(structuredClone(stored));
		expect(await polling.poll()).toEqual([]);
		project.setStatus(ids[0], WAITLISTED);
		expect(reportedBy(await polling.poll())).toEqual([`${STATUS} ${ids[0]}`]);
	});

	it('after changes that the filters rejected reports the change since the last one that was reported', async () => {
		const { regpack, project, ids } = await projectOf(3);
		const polling = await publishedOf(regpack, {
			parameters: { filters: { statuses: ['Accepted'] } },
		});
		for (const status of [WAITLISTED, WITHDRAWN]) {
			project.setStatus(ids[0], status);
			expect(await polling.poll()).toBeNull();
		}
		polling.restart();
		project.setStatus(ids[0], ACCEPTED);
		expect(await polling.poll()).toMatchObject([
			{
				event: STATUS,
				payload: { before: { status_id: '0' } },
				registration: { status: 'Accepted' },
			},
		]);
	});
});

describe('a trigger that starts over in the same workflow', () => {
	it('reports a change again that an earlier one reported', async () => {
		const { regpack, project, ids } = await projectOf(3);
		const keys = new Set();
		for (let life = 0; life < 3; life++) {
			project.setStatus(ids[0], 0);
			const polling = await publishedOf(regpack, { workflowId: 'lives' });
			project.setStatus(ids[0], ACCEPTED);
			const items = await polling.poll();
			expect(reportedBy(items)).toEqual([`${STATUS} ${ids[0]}`]);
			for (const key of keysOf(items)) keys.add(key);
		}
		expect(keys.size).toBe(3);
	});

	it('starts from the current users when the stored state cannot be read', async () => {
		const { regpack, project } = await projectOf(3);
		for (const cursor of [{ users: 3 }, { project: '100000001', users: {} }, 'text', null]) {
			const polling = pollingOf(regpack);
			polling.restart({ 'node:Regpack Polling Trigger': { cursors: { users: cursor } } });
			expect(await polling.poll()).toBeNull();
			const id = project.join();
			expect(reportedBy(await polling.poll())).toEqual([`${ADDED} ${id}`]);
		}
	});
});

describe('an event that is selected later', () => {
	it.each(FOUR)('is reported from then on, without what was before: %s', async (event) => {
		const { regpack, ids } = await projectOf(3);
		const others = FOUR.filter((each) => each !== event);
		const polling = await publishedOf(regpack, { events: others });
		const before = changeAll(regpack, ids[0]);
		expect(reportedBy(await polling.poll())).toEqual(
			before.filter((each) => !each.startsWith(event)),
		);
		polling.change({ events: FOUR });
		expect(await polling.poll()).toBeNull();
		const after = changeAll(regpack, ids[1]);
		expect(reportedBy(await polling.poll())).toEqual(after);
	});

	it.each([STATUS, FORMS, BALANCE])(
		'and was selected before is reported without what happened in between, under new keys: %s',
		async (event) => {
			const { regpack, project, ids } = await projectOf(3);
			const polling = await publishedOf(regpack, { workflowId: `again-${event}` });
			const reset = () =>
				Object.assign(regpack.account.get(regpack.account.groupId, ids[0]), {
					statusId: 0,
					submitted: [],
					cart: [],
				});
			const change = () => changeAll(regpack, ids[0]).filter((each) => each.startsWith(event));
			change();
			const first = (await polling.poll())?.filter((item) => item.event === event);
			expect(first).toHaveLength(1);
			polling.change({ events: [ADDED] });
			// Somebody who is not in the list while the event is not asked for is no exception.
			regpack.account.hidden.add(ids[0]);
			await polling.poll();
			reset();
			regpack.account.hidden.clear();
			polling.change({ events: FOUR });
			expect(await polling.poll()).toBeNull();
			project.order(ids[1], 100);
			change();
			const second = (await polling.poll())?.filter(
				(item) => item.event === event && item.person.id === String(ids[0]),
			);
			expect(second).toHaveLength(1);
			expect(keysOf(second ?? null)).not.toEqual(keysOf(first ?? null));
		},
	);
});

describe('what is stored', () => {
	it('is of one project: another begins as a trigger does, and so does the first again', async () => {
		const { regpack, ids } = await projectOf(3);
		const families = within(regpack, FAMILY);
		// Somebody has an account in both.
		regpack.account.add({ groupId: FAMILY, cloginId: ids[0] });
		families.setStatus(ids[0], 70011);
		const polling = await publishedOf(regpack);
		for (const settings of [{ projectId: String(FAMILY) }, {}]) {
			polling.change({ events: FOUR, settings });
			expect(await polling.poll()).toBeNull();
			const joined = within(regpack, settings.projectId ? FAMILY : undefined).join();
			expect(reportedBy(await polling.poll())).toEqual([`${ADDED} ${joined}`]);
		}
		polling.change({ events: FOUR, startFrom: 'listed', settings: { projectId: FAMILY } });
		expect(reportedBy(await polling.poll())).toEqual(families.ids.map((id) => `${ADDED} ${id}`));
	});

	it('does not report as new a user who was excluded while excluded users were not requested', async () => {
		for (const startFrom of ['now', 'listed']) {
			const { regpack, project, ids } = await projectOf(3);
			project.setStatus(ids[0], WITHDRAWN);
			const parameters = { startFrom, settings: { includeExcluded: false } };
			const polling = await publishedOf(regpack, { parameters });
			polling.change({ events: FOUR, startFrom });
			expect(await polling.poll()).toBeNull();
			project.setStatus(ids[0], ACCEPTED);
			const joined = project.join();
			expect(reportedBy(await polling.poll())).toEqual([
				`${STATUS} ${ids[0]}`,
				`${ADDED} ${joined}`,
			]);
		}
	});

	it('restarts a half-read list when another one is requested', async () => {
		const { regpack, project, ids } = await projectOf(120);
		project.setStatus(ids[3], WITHDRAWN);
		const polling = pollingOf(regpack, {
			budgetMs: 0,
			parameters: { settings: { includeExcluded: false } },
		});
		await polling.poll();
		polling.change({ events: FOUR });
		const [doc] = await docsOf(regpack, async () => expect(await polling.poll()).toBeNull());
		expect(Object.keys(doc)).not.toContain('starting_position');
		for (let count = 0; count < 3; count++) expect(await polling.poll()).toBeNull();
		expect(Object.keys(stateOf(polling).users).map(Number)).toEqual(ids);
	});

	it('outlasts an answer that lacks it', async () => {
		const { regpack, project, ids } = await projectOf(1);
		const polling = await publishedOf(regpack);
		const users = [
			{ clogin_id: String(ids[0]), status_id: null, completed_forms: '', total_paid: {} },
		];
		regpack.fail({
			match: 'get_user_list',
			status: 200,
			body: { total_users: 1, users, children: [] },
		});
		expect(await polling.poll()).toBeNull();
		project.setStatus(ids[0], ACCEPTED);
		expect(await polling.poll()).toMatchObject([
			{ event: STATUS, payload: { before: { status_id: '0' } } },
		]);
	});

	it('does not change when nothing does', async () => {
		const { regpack } = await projectOf(60, { order: 'shuffled' });
		const polling = await publishedOf(regpack);
		const before = stateOf(polling);
		await polling.poll();
		expect(stateOf(polling)).toEqual(before);
	});

	it('ignores records without an ID', async () => {
		const { regpack } = await projectOf(0);
		const users = [
			{ status_id: '0' },
			{ user_info: null },
			null,
			'text',
			5,
			{ user_info: { clogin_id: '' }, meta_info: [] },
		];
		regpack.fail({
			match: 'get_user_list',
			status: 200,
			body: { users, children: [{}] },
			times: Infinity,
		});
		const polling = pollingOf(regpack, { parameters: { startFrom: 'listed' } });
		expect(await polling.poll()).toBeNull();
		expect(stateOf(polling).users).toEqual({});
	});
});
