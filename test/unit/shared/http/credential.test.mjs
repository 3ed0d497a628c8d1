import { readCredential } from '#dist/nodes/shared/http/credential.js';
import { sendRequest } from '#dist/nodes/shared/http/request.js';

const GET = /** @type {const} */ ({ method: 'GET', url: 'https://www.jofiscore.com/' });

/**
 * An execution or poll whose credential can be read or not, and what n8n authenticated requests
 * with.
 *
 * @param {() => Promise<object>} [getCredentials]
 */
function startContext(getCredentials = async () => ({ apiKey: 'sk_live_secret' })) {
	let reads = 0;
	/** @type {unknown[]} */
	const sent = [];
	const context = /** @type {any} */ ({
		getNode: () => ({ name: 'JOFI', type: 'jofi' }),
		async getCredentials(/** @type {string} */ type) {
			reads++;
			return { type, ...(await getCredentials()) };
		},
		helpers: {
			async httpRequestWithAuthentication(
				/** @type {string} */ type,
				/** @type {object} */ _request,
				/** @type {any} */ { credentialsDecrypted },
			) {
				sent.push([type, credentialsDecrypted.data]);
				return { statusCode: 200, headers: {}, body: {} };
			},
		},
	});
	return { context, sent, reads: () => reads };
}

test('one reading serves all requests of an execution or poll, those at the same time too', async () => {
	const { context, sent, reads } = startContext();
	await Promise.all([1, 2, 3].map(() => sendRequest(context, 'jofiApi', GET)));
	await readCredential(context, 'jofiApi');
	await sendRequest(context, 'jofiApi', GET);
	expect(reads()).toBe(1);
	expect(sent).toEqual(Array(4).fill(['jofiApi', { type: 'jofiApi', apiKey: 'sk_live_secret' }]));
});

test('the next execution or poll reads the credential again, as it may have changed', async () => {
	let apiKey = 'sk_live_old';
	const { context, sent, reads } = startContext(async () => ({ apiKey }));
	await sendRequest(Object.create(context), 'jofiApi', GET);
	apiKey = 'sk_live_new';
	await sendRequest(Object.create(context), 'jofiApi', GET);
	expect(reads()).toBe(2);
	expect(sent.map((each) => /** @type {any} */ (each)[1].apiKey)).toEqual([
		'sk_live_old',
		'sk_live_new',
	]);
});

test('each type of credential is read by itself', async () => {
	const { context, reads } = startContext();
	expect(await readCredential(context, 'jofiApi')).toMatchObject({ type: 'jofiApi' });
	expect(await readCredential(context, 'regpackApi')).toMatchObject({ type: 'regpackApi' });
	expect(reads()).toBe(2);
});

test('a reading that failed is not kept', async () => {
	const outcomes = [async () => Promise.reject(new Error('No database')), async () => ({})];
	const { context, sent } = startContext(async () => (await outcomes.shift()?.()) ?? {});
	await expect(sendRequest(context, 'jofiApi', GET)).rejects.toMatchObject({
		message: 'No database',
		description: 'The request was not sent. Check the credential of this node.',
	});
	expect(sent).toEqual([]);
	expect(await sendRequest(context, 'jofiApi', GET)).toMatchObject({ status: 200 });
});
