import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { outputSchemas, RESOURCES, textOf } from '../schemas/outputs.mjs';

describe.each(Object.keys(RESOURCES))('the output schemas of %s', (folder) => {
	const schemas = outputSchemas(folder);
	const root = new URL(`../../nodes/${folder}/__schema__/`, import.meta.url);

	it.each(schemas)(
		'has for $resource: $operation what its operation declares',
		({ file, schema }) => {
			expect(readFileSync(file, 'utf8')).toBe(textOf(schema));
		},
	);

	it('has no file without an operation', () => {
		const files = readdirSync(root, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => `${parentPath}/${name}`);
		expect(files.sort()).toEqual(schemas.map(({ file }) => fileURLToPath(file)).sort());
	});

	it.each(schemas)(
		'describes $resource: $operation as an object with fields, in words the editor knows',
		({ schema }) => {
			expect(schema.type).toBe('object');
			expect(Object.keys(schema.properties)).not.toEqual([]);
			expect(JSON.stringify(schema)).not.toMatch(/"(anyOf|oneOf|allOf|not|\$ref)":/);
		},
	);

	it.each(schemas)(
		'gives every field of $resource: $operation a type, but where anything may come',
		({ schema }) => {
			/** @param {any} inner @returns {string[]} */
			const untyped = ({ properties = {}, items }) => [
				...Object.entries(properties).flatMap(([key, property]) =>
					property.type ? untyped(property) : [key],
				),
				...(items ? untyped(items) : []),
			];
			expect(untyped(schema)).toEqual([]);
		},
	);
});
