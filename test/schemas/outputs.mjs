/**
 * The output schemas that n8n's editor previews, made of the zod schemas of the operations.
 * `npm run schemas` brings `__schema__` up to date.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { resources as innovativeEducators } from '#dist/nodes/InnovativeEducators/resources/index.js';
import { resources as jobAffinity } from '#dist/nodes/JobAffinity/resources/index.js';
import { resources as jofi } from '#dist/nodes/Jofi/resources/index.js';
import { resources as regpack } from '#dist/nodes/Regpack/resources/index.js';

const nodes = new URL('../../nodes/', import.meta.url);

/**
 * The resources of each action node, by its folder.
 *
 * @type {Record<string, readonly import('../../nodes/shared/actions/operation.js').Resource[]>}
 */
export const RESOURCES = {
	InnovativeEducators: innovativeEducators,
	JobAffinity: jobAffinity,
	Jofi: jofi,
	Regpack: regpack,
};

/**
 * n8n's editor understands types and properties, not `anyOf`: of a value that may be `null` it gets
 * both types, of one that may be anything none.
 *
 * @param {any} schema
 * @returns {any}
 */
function plain(schema) {
	if (Array.isArray(schema)) return schema.map(plain);
	if (typeof schema !== 'object' || schema === null) return schema;
	const { anyOf, additionalProperties, $schema, ...rest } = schema;
	if (anyOf) {
		const kinds = anyOf.map(plain);
		const main =
			kinds.find((/** @type {any} */ { type }) => type !== 'null' && type !== 'string') ?? kinds[0];
		const type = [...new Set(kinds.flatMap((/** @type {any} */ each) => each.type))];
		const isNullable = type.includes('null');
		return { ...main, type, ...(main.enum && isNullable && { enum: [...main.enum, null] }) };
	}
	return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)]));
}

/**
 * @param {string} folder of a node
 * @returns {{ file: URL, resource: string, operation: string, schema: any }[]}
 */
export function outputSchemas(folder) {
	return RESOURCES[folder].flatMap(({ value: resource, operations }) =>
		operations.map(({ value: operation, schema }) => ({
			resource,
			operation,
			file: new URL(`${folder}/__schema__/v1.0.0/${resource}/${operation}.json`, nodes),
			schema: {
				...plain(zodToJsonSchema(schema, { $refStrategy: 'none', strictUnions: true })),
				version: 1,
			},
		})),
	);
}

/** Without indentation, which would nearly double them. @param {any} schema */
export const textOf = (schema) => `${JSON.stringify(schema)}\n`;

if (process.argv.includes('--write')) {
	for (const folder of Object.keys(RESOURCES)) {
		rmSync(fileURLToPath(new URL(`${folder}/__schema__/`, nodes)), {
			recursive: true,
			force: true,
		});
		for (const { file, schema } of outputSchemas(folder)) {
			mkdirSync(dirname(fileURLToPath(file)), { recursive: true });
			writeFileSync(file, textOf(schema));
		}
	}
}
