import { having, PARAMETERS } from './operations.mjs';
import { ajv, shippedSchema } from '../outputs.mjs';
import { startNode } from './node.mjs';

/**
 * Of these JOFI documents no more than the route or a part of the object; each event has fields of
 * its own.
 */
const OPEN = [
	'event:getSample',
	'invitation:create',
	'invitation:get',
	'invitation:getAll',
	'invitation:getPending',
	'invitation:update',
	'testTaker:getJobFitReport',
	'user:getAll',
	'webhook:explainDelivery',
];

/** @param {any} schema @returns {string[]} */
const typesOf = ({ type }) => (type === undefined ? [] : [type].flat());

/**
 * Paths of what the schema does not know.
 *
 * @param {any} value
 * @param {any} schema
 * @param {string} path
 * @returns {string[]}
 */
function unknownIn(value, schema, path = '') {
	if (Array.isArray(value))
		return value.flatMap((each) => unknownIn(each, schema.items ?? {}, `${path}[]`));
	if (typeof value !== 'object' || value === null) return [];
	if (!schema.properties) return [path];
	return Object.entries(value).flatMap(([key, inner]) =>
		schema.properties[key]
			? unknownIn(inner, schema.properties[key], `${path}.${key}`)
			: [`${path}.${key}`],
	);
}

/** @type {import('./node.mjs').Started} */
let started;
/** @type {import('./node.mjs').Started} */
let full;
beforeAll(async () => {
	started = await startNode();
	full = await startNode({ invitationListItem: 'full' });
	started.jofi.webhooks.configure({
		live: 'https://n8n.example.com/webhook/abc/jofi',
		verification: { user: 'a', password: 'b' },
	});
});
afterAll(() => Promise.all([started.close(), full.close()]));

/** Each Output that an operation has. @param {string} name */
const outputsFor = (name) =>
	having('output').includes(name) ? ['simplified', 'raw'] : [undefined];

/**
 * Items in all forms: live and test, Simplified and Raw, of an account with and without webhooks.
 *
 * @param {string} name
 */
async function outputsOf(name) {
	const outputs = [];
	for (const choice of outputsFor(name)) {
		for (const node of [started, full]) {
			for (const key of [node.jofi.keys.live, node.jofi.keys.test]) {
				const { status, json } = await node.run(
					name,
					{ ...PARAMETERS[name], output: choice, returnAll: true },
					node.withKey(key),
				);
				expect(status).toBe('success');
				outputs.push(...json);
			}
		}
	}
	return outputs;
}

describe.each(Object.keys(PARAMETERS))('the schema of %s', (name) => {
	const schema = shippedSchema('Jofi', name);
	const validate = ajv.compile(schema);

	it('holds for every item', async () => {
		for (const output of await outputsOf(name)) {
			validate(output);
			expect(validate.errors ?? []).toEqual([]);
		}
	});

	it('refuses a value of another type, whichever field has it', async () => {
		const declared = Object.entries(schema.properties).filter(
			([, property]) => typesOf(property).length > 0,
		);
		expect(declared.length).toBeGreaterThan(0);
		const [output] = await outputsOf(name);
		for (const [key, property] of declared) {
			const wrong = typesOf(property).includes('object') ? 'text' : {};
			expect([key, validate({ ...output, [key]: wrong })]).toEqual([key, false]);
		}
	});

	if (schema.properties.id) {
		it('refuses an ID that is text instead of a number, or the other way round', async () => {
			const [{ id, ...output }] = await outputsOf(name);
			expect(validate({ ...output, id })).toBe(true);
			expect(validate({ ...output, id: typeof id === 'number' ? String(id) : 42 })).toBe(false);
		});
	}

	if (!OPEN.includes(name)) {
		it('knows every field that comes out', async () => {
			const unknown = (await outputsOf(name)).flatMap((output) => unknownIn(output, schema));
			expect([...new Set(unknown)]).toEqual([]);
		});
	}
});
