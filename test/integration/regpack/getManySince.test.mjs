import { randomUUID } from 'node:crypto';
import { runOperation } from '../core.mjs';
import { expectShape } from '../outputs.mjs';
import {
	ADDED,
	docsOf,
	endOfTest,
	loginOf,
	publishedOf,
	regpackForTest,
	STATUS,
	within,
} from './polling.mjs';

/** Event → Get Many Since: all that Regpack can show, its users as they are now. */

/** @typedef {import('./polling.mjs').Regpack} Regpack */

afterEach(endOfTest);

const EVER = '2020-01-01T00:00:00Z';

/**
 * @param {Regpack} regpack
 * @param {{ workflowId?: string, staticData?: any, events?: string[] }} [setting]
 */
const replayOf =
	(regpack, { workflowId = randomUUID(), staticData, events = [ADDED] } = {}) =>
	(/** @type {Record<string, unknown>} */ parameters = {}) =>
		runOperation(
			{
				workflowId,
				staticData,
				credentials: loginOf(regpack),
				beside: [{ type: 'regpackPollingTrigger', parameters: /** @type {any} */ ({ events }) }],
			},
			'regpack',
			'event:getManySince',
			{ since: EVER, returnAll: true, ...parameters },
		);

/** @param {Regpack} regpack @param {number} count */
const joined = (regpack, count) => Array.from({ length: count }, () => within(regpack).join());

/** @param {any[]} json */
const idsOf = (json) => json.map(({ person }) => Number(person.id)).sort();

it('outputs each user once, and a second time only who is new', async () => {
	const regpack = await regpackForTest();
	const first = joined(regpack, 60);
	const replay = replayOf(regpack);
	const { json, error } = await replay();
	expect(error).toBeUndefined();
	expect(idsOf(json)).toEqual(expect.arrayContaining(first));
	expect(json[0]).toMatchObject({
		event: ADDED,
		source: 'replay',
		occurredAt: null,
		missedByWebhook: null,
	});
	expectShape('Regpack', 'event:getManySince', json);
	expect((await replay()).json).toEqual([]);
	const [later] = joined(regpack, 1);
	expect(idsOf((await replay()).json)).toEqual([later]);
});

it('brings nobody whom the polling trigger of the workflow has output, and it nobody again', async () => {
	const regpack = await regpackForTest();
	const workflowId = randomUUID();
	const polling = await publishedOf(regpack, { workflowId, events: [ADDED] });
	const [polled] = joined(regpack, 1);
	expect(idsOf((await polling.poll()) ?? [])).toEqual([polled]);
	const [later] = joined(regpack, 1);
	const replay = replayOf(regpack, { workflowId, staticData: polling.stored });
	const ids = idsOf((await replay()).json);
	expect(ids).toContain(later);
	expect(ids).not.toContain(polled);
	expect(await polling.poll()).toEqual([]);
});

it('selects users by a field of the form with a date, if there is one', async () => {
	const regpack = await regpackForTest();
	const { account } = regpack;
	const register = (/** @type {object} */ doc) =>
		account.register({ first_name: 'Ada', last_name: 'Sample', ...doc }).cloginId;
	const before = register({ org_name: '2026-01-02' });
	const inRange = register({ org_name: '2026-03-04' });
	const unknown = register({});
	/** @type {any[]} */
	let json = [];
	const docs = await docsOf(regpack, async () => {
		({ json } = await replayOf(regpack)({
			since: '2026-03-01',
			settings: { dateField: 'org_name' },
		}));
	});
	expect(docs[0]).toMatchObject({ org_name: true, first_name: true });
	expect(idsOf(json)).toEqual(expect.arrayContaining([inRange, unknown]));
	expect(idsOf(json)).not.toContain(before);
});

it('says what it cannot read', async () => {
	const regpack = await regpackForTest();
	const { error } = await replayOf(regpack, { events: [STATUS] })();
	expect(error).toMatchObject({
		message: 'No Regpack trigger here listens to what can be read',
		description: 'Set Select Events to Here, and choose among: User Added.',
	});
});
