import { deliverInProcess } from '../../hostile/inProcess.mjs';
import { claim, PROOFS, verificationsOf } from '../../hostile/verifications.mjs';

/** What the hostile run delivers without n8n. */

const verifications = verificationsOf(1);

test('some hundred deliveries hold valid ones and refused ones, and no problem', async () => {
	const { deliveries, authenticated, valid, answers, problems } = await deliverInProcess({
		...{ verifications, deliveries: 600, seed: 3 },
		tick: () => {},
	});
	expect(problems).toEqual([]);
	expect(deliveries).toBe(600);
	expect(valid).toBeGreaterThan(10);
	expect(authenticated).toBeGreaterThan(valid);
	expect(Object.keys(answers)).toEqual(expect.arrayContaining(['200', '400', '401', '403']));
});

test('a trigger that lets strangers in is found', async () => {
	const open = { name: 'open', credential: { method: 'address', ipAllowlist: '0.0.0.0/0' } };
	const { problems } = await deliverInProcess({
		...{ verifications: [open], deliveries: 600, seed: 3 },
		tick: () => {},
	});
	expect(problems).toEqual([
		expect.stringMatching(/^a delivery that is not authenticated was answered 200 \(.*"trigger"/),
	]);
});

test.each(verifications.map(({ name }) => name))(
	'%s: only what is good is the truth, and no two claims are the same',
	(name) => {
		const verification = verifications.find((each) => each.name === name);
		const claims = PROOFS.map((proof) =>
			claim(/** @type {NonNullable<typeof verification>} */ (verification), proof, {
				...{ body: Buffer.from('{}'), url: 'https://n8n.example/1', method: 'POST' },
				...{ id: '1', now: 1_800_000_000, noise: 'noise' },
			}),
		);
		expect(claims.map(({ isAuthenticated }) => isAuthenticated)).toEqual(
			PROOFS.map((proof) => proof === 'good'),
		);
		const [good, ...others] = claims.map(({ isAuthenticated, ...shown }) => JSON.stringify(shown));
		expect(others).not.toContain(good);
	},
);
