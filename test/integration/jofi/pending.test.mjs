import { IDS, startNode } from './node.mjs';

/** Invitations that nobody has accepted, and how old they are. */

/** @type {import('./node.mjs').Started} */
let started;
afterEach(() => started?.close());

const DAY = 24 * 60 * 60_000;

/** A simulated account in which one is invited a day; those in `accepted` accept at once. */
async function invitedDaily(
	/** @type {Parameters<typeof startNode>[0]} */ options,
	/** @type {number[]} days ago, oldest first */ days,
	/** @type {number[]} */ accepted = [],
) {
	started = await startNode(options);
	const { account } = started.jofi;
	account.invitations.length = 0;
	account.testTakers.length = 0;
	/** @type {Map<number, number>} */
	const ids = new Map();
	for (const ago of days) {
		account.now = () => Date.now() - ago * DAY;
		// The clock of the simulator never goes back.
		const { id } = account.invite();
		const at = new Date(Date.now() - ago * DAY).toISOString().replace('Z', '000+00:00');
		account.get('invitation', id).created_at = at;
		if (accepted.includes(ago)) {
			account.accept(id);
			account.get(
				'testTaker',
				account.get('invitation', id).test_taker_id ?? 0,
			).invitation_created_at = at;
		}
		ids.set(ago, id);
	}
	return (/** @type {number} */ ago) => ids.get(ago);
}

/** @param {Record<string, unknown>} [parameters] */
const pending = (parameters) => started.run('invitation:getPending', parameters);

/** @param {any[]} json */
const agesOf = (json) => json.map(({ id, ageDays, ageFrom }) => [id, ageDays, ageFrom]);

describe('Get Pending', () => {
	it('returns those that are old enough, the oldest first, when JOFI lists all that is needed', async () => {
		const idOf = await invitedDaily({ invitationListItem: 'full' }, [12, 9, 8, 7, 3, 0], [9]);
		const { json, hints } = await pending({ olderThanDays: 7 });
		expect(agesOf(json)).toEqual([
			[idOf(12), 12, 'createdAt'],
			[idOf(8), 8, 'createdAt'],
			[idOf(7), 7, 'createdAt'],
		]);
		expect(json[0]).toMatchObject({
			...{ mode: 'live', createdBefore: null, createdAt: json[0].created_at },
			assessment_url: expect.stringContaining('/welcome/'),
		});
		expect(json[0]).not.toHaveProperty('_list');
		expect(hints).toEqual([]);
		expect(started.requests()).toEqual(['GET /invitations', 'GET /test-takers']);
	});

	it('reads those by ID that the list does not show to be accepted, 1 request each', async () => {
		const idOf = await invitedDaily({}, [12, 9, 8, 3], [9]);
		const { json } = await pending({ olderThanDays: 7 });
		expect(agesOf(json)).toEqual([
			[idOf(12), 12, 'createdAt'],
			[idOf(8), 8, 'createdAt'],
		]);
		expect(started.requests()).toEqual([
			...['GET /invitations', 'GET /test-takers'],
			...[3, 8, 12].map((ago) => `GET /invitations/${idOf(ago)}`),
		]);
	});

	it('concludes the least age from a newer invitation when no time of creation is shown', async () => {
		const idOf = await invitedDaily({ invitationObject: 'documented' }, [12, 9, 8, 4, 1], [8, 4]);
		const { json } = await pending({ olderThanDays: 7 });
		expect(agesOf(json)).toEqual([
			[idOf(12), 8, 'newerInvitation'],
			[idOf(9), 8, 'newerInvitation'],
		]);
		expect(json[0]).toMatchObject({
			createdAt: null,
			createdBefore: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			_list: {
				isComplete: false,
				reason: expect.stringMatching(/^Left out: 1 pending invitation of unknown age/),
			},
		});
	});

	it('returns those of unknown age as well, if that is chosen', async () => {
		const idOf = await invitedDaily({ invitationObject: 'documented' }, [12, 8, 1], [8]);
		const { json, hints } = await pending({ olderThanDays: 7, includeUnknownAge: true });
		expect(agesOf(json)).toEqual([
			[idOf(12), 8, 'newerInvitation'],
			[idOf(1), null, null],
		]);
		expect(json[1]).toMatchObject({ createdAt: null, createdBefore: null });
		expect(hints).toEqual([]);
	});

	it('concludes nothing from a list that does not begin with the newest', async () => {
		const idOf = await invitedDaily({ invitationObject: 'documented' }, [12, 8, 4], [8, 4]);
		started.jofi.account.invitations.reverse();
		const { json, hints } = await pending({ olderThanDays: 7 });
		expect(json).toEqual([]);
		expect(hints.map(({ message }) => message)).toEqual([
			'Left out: 1 pending invitation of unknown age, as JOFI does not show when they were created. Turn on Include Unknown Age to get all.',
		]);
		const all = await pending({ olderThanDays: 0 });
		expect(agesOf(all.json)).toEqual([[idOf(12), null, null]]);
	});

	it('says that JOFI does not list all', async () => {
		await invitedDaily({ invitationListItem: 'full', caps: { invitations: 2 } }, [12, 9, 8]);
		const { json } = await pending({ olderThanDays: 7 });
		expect(json).toHaveLength(2);
		for (const { _list } of json)
			expect(_list).toEqual({
				...{ isComplete: false, returned: 2, total: null },
				reason:
					'JOFI returned only its newest 2 invitations. Its API has no paging, so older ones that are pending cannot be found.',
			});
	});

	it('leaves out one that is accepted or gone by the time it is read', async () => {
		const idOf = await invitedDaily({}, [12, 9, 8]);
		started.jofi.fail({
			...{ match: `/invitations/${idOf(9)}`, status: 400 },
			body: { error: 'Invitation not found' },
		});
		started.jofi.fail({
			...{ match: `/invitations/${idOf(8)}`, status: 200 },
			body: {
				mode: 'live',
				object: 'invitation',
				id: idOf(8),
				accepted_at: '2026-01-05T09:00:00Z',
			},
		});
		const { json } = await pending({ olderThanDays: 7 });
		expect(json.map(({ id }) => id)).toEqual([idOf(12)]);
	});

	it('returns all that are pending for 0 days', async () => {
		started = await startNode();
		const { json } = await pending({ olderThanDays: 0 });
		expect(json.map(({ id }) => id)).toEqual([IDS.open]);
	});
});
