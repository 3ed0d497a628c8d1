import get from 'lodash/get.js';

import { itemSchema } from '#dist/nodes/shared/events/contract.js';
import { sampleItems } from '#dist/nodes/shared/events/samples.js';
import { COMMON, isEmpty, isNever, OWN, SOURCES } from '../../../docs/items.mjs';
import { RECEPTION } from '../../events.mjs';

/** What docs/items.md says of the fields is what the samples of the providers show. */

/**
 * The fields of a schema; a list counts as one.
 *
 * @param {import('zod').ZodObject<any>} schema
 * @returns {string[]}
 */
const fieldsOf = (schema, path = '') =>
	Object.entries(schema.shape).flatMap(([name, field]) =>
		'shape' in /** @type {object} */ (field)
			? fieldsOf(/** @type {any} */ (field), `${path}${name}.`)
			: [`${path}${name}`],
	);

describe.each(Object.entries(SOURCES))('the tables about %s', (name, [provider, ...others]) => {
	const cells = {
		...Object.fromEntries(Object.entries(COMMON).map(([field, all]) => [field, all[name]])),
		...OWN[name],
	};
	const items = [provider, ...others].flatMap((each) =>
		each.events.flatMap(({ type }) => sampleItems(each, type, RECEPTION)),
	);

	test('have all fields of the contract, and no others', () => {
		const fields = fieldsOf(itemSchema(provider.blocks)).filter(
			(field) => !['details'].includes(field) && !field.startsWith('payload'),
		);
		expect(Object.keys(cells).sort()).toEqual(fields.sort());
	});

	test.each(Object.entries(cells))('tell the truth about %s: %s', (field, cell) => {
		const values = items.map((item) => get(item, field)).filter((value) => value !== null);
		const filled = values.filter((value) => !Array.isArray(value) || value.length > 0);
		expect(filled.length > 0).toBe(!isEmpty(cell));
		if (isNever(cell)) expect(filled).toEqual([]);
	});
});
