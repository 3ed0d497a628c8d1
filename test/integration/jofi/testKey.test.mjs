import { IDS, startNode } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

const needed = {
	inviter: 'robin.hale@example.com',
	firstName: 'Avery',
	lastName: 'Stone',
	email: 'avery@example.org',
};

/** Every operation that writes, with what it needs. @type {[string, Record<string, unknown>][]} */
const WRITES = [
	['invitation:create', needed],
	['invitation:update', { invitation: IDS.open, updateFields: { firstName: 'Alex' } }],
	[
		'invitation:update',
		{ invitation: IDS.open, updateFields: { firstName: 'Alex' }, sendUnchanged: true },
	],
];

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

describe.each(WRITES)('%s %j', (name, parameters) => {
	const secrets = () => Object.values(started.jofi.keys);

	/** @param {ReturnType<typeof errorTextOf>} result */
	function expectRefusal({ message, description, itemIndex }) {
		expect(message).toBe('The API key is a test key: the invitation would reach nobody');
		expect(description).toContain('Accept a Test Key');
		expect(itemIndex).toBe(0);
	}

	it.each(['', ' '])(
		'is refused with a test key, and makes no request (after "%s")',
		async (blank) => {
			expectRefusal(
				errorTextOf(
					await started.run(name, parameters, started.withKey(blank + started.jofi.keys.test)),
					secrets(),
				),
			);
			expect(started.requests()).toEqual([]);
		},
	);

	it('is refused with a test key that only the answer shows to be one', async () => {
		const body = {
			mode: 'test',
			object: 'invitation',
			id: IDS.open,
			first_name: 'Made',
			last_name: 'Up',
		};
		started.jofi.fail({ match: '/invitations', status: 200, body, times: Infinity });
		expectRefusal(errorTextOf(await started.run(name, parameters), secrets()));
		expect(started.requests()).toHaveLength(1);
	});

	it('continues with an accepted test key, and says so', async () => {
		const options = { acceptTestKey: true };
		const { status, json, hints } = await started.run(
			name,
			{ ...parameters, options },
			started.withKey(started.jofi.keys.test),
		);
		expect({ status, mode: json[0].mode }).toEqual({ status: 'success', mode: 'test' });
		expect(hints).toHaveLength(1);
	});

	it('continues with a live key, with or without the option', async () => {
		for (const options of [{}, { acceptTestKey: false }, { acceptTestKey: true }]) {
			const { status, json } = await started.run(name, { ...parameters, options });
			expect({ status, mode: json[0].mode }).toEqual({ status: 'success', mode: 'live' });
		}
	});

	it('becomes an item that says why with On Error: Continue', async () => {
		const changes = {
			...started.withKey(started.jofi.keys.test),
			onError: /** @type {const} */ ('continueRegularOutput'),
		};
		const { json } = await started.run(name, parameters, changes);
		expect(json).toEqual([
			{
				error: expect.stringContaining('test key'),
				message: expect.stringContaining('Accept a Test Key'),
			},
		]);
		expect(JSON.stringify(json)).not.toContain(started.jofi.keys.test);
	});
});
