import { byLink, startNode } from './node.mjs';

/** Forms of `_next` that no sample shows, and that cannot be excluded. */
const FORMS = /** @type {const} */ (['query', 'unescaped']);

describe.each(FORMS)('a list whose _next differs from the samples (%s)', (nextForm) => {
	it.each([true, false])(
		'is read to its end, with its filters (%s)',
		async (nextKeepsParameters) => {
			const { ja, run, requests, close } = await startNode({ nextForm, nextKeepsParameters });
			for (let count = 0; count < 250; count++)
				ja.account.addCandidate({ last_name: 'Lefèvre Noël', pools: ['Alumni'] });
			ja.account.addCandidate({ last_name: 'Other' });
			const { json } = await run('candidate:getAll', {
				returnAll: true,
				filters: { lastName: 'Lefèvre Noël', pools: ['Alumni'] },
			});
			expect(new Set(json.map(({ id }) => id)).size).toBe(250);
			expect(json).toHaveLength(250);
			expect(requests()).toHaveLength(4);
			await close();
		},
	);
});

test('an application is found by a link that holds an accent', async () => {
	const { ids, run, paths, close } = await startNode();
	const { json } = await run('application:get', {
		application: byLink(`/restapi/v1/application/${ids.application}?from=Lefèvre Noël`),
	});
	expect(json).toMatchObject([{ id: ids.application }]);
	expect(paths()).toEqual([`application/${ids.application}?from=Lef%C3%A8vre%20No%C3%ABl`]);
	await close();
});

test('a CV is downloaded when a redirect has unescaped accents', async () => {
	const { ja, ids, run, close } = await startNode({ cvRedirect: 'same-host' });
	const location = Buffer.from(
		`${ja.origin}/restapi/v1/application/${ids.application}/cv?name=Léa Noir`,
	).toString('latin1');
	ja.fail({ match: /\/cv$/, status: 307, headers: { location } });
	const { status } = await run('application:downloadCv', {
		application: { __rl: true, mode: 'id', value: ids.application },
	});
	expect(status).toBe('success');
	expect(ja.requests.map(({ path }) => path)).toContain(
		`/restapi/v1/application/${ids.application}/cv?name=L%C3%A9a%20Noir`,
	);
	await close();
});
