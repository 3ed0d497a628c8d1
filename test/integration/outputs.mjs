import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { RESOURCES } from '../schemas/outputs.mjs';

/** Checks values against JSON schemas. */
export const ajv = new Ajv({ allowUnionTypes: true, strict: false });

/**
 * The output schema in the package.
 *
 * @param {string} folder of a node
 * @param {string} name of an operation, as `resource:operation`
 */
export const shippedSchema = (folder, name) =>
	JSON.parse(
		readFileSync(
			new URL(
				`../../nodes/${folder}/__schema__/v1.0.0/${name.replace(':', '/')}.json`,
				import.meta.url,
			),
			'utf8',
		),
	);

/**
 * The zod schema that an operation declares.
 *
 * @param {string} folder of a node
 * @param {string} name as `resource:operation`
 */
export function declaredSchema(folder, name) {
	const [resource, value] = name.split(':');
	const operation = RESOURCES[folder]
		.find((each) => each.value === resource)
		?.operations.find((each) => each.value === value);
	if (!operation) throw new Error(`${folder} has no ${name}`);
	return operation.schema;
}

/**
 * Expects items to have the shape that the operation declares.
 *
 * @param {string} folder of a node
 * @param {string} name as `resource:operation`
 * @param {unknown[]} items
 */
export function expectShape(folder, name, items) {
	const schema = declaredSchema(folder, name);
	for (const item of items) expect(schema.safeParse(item).error?.issues ?? []).toEqual([]);
}
