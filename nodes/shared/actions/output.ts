import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import has from 'lodash/has';
import pick from 'lodash/pick';
import startCase from 'lodash/startCase';
import uniqBy from 'lodash/uniqBy';
import { z } from 'zod';

import { isObject } from '../values/json';
import { textsIn } from '../values/text';
import type { Hint, Operation } from './operation';
import { parameterError } from './parameters';
import type { RecordOutput } from './record';

/** An operation that reads records of a kind. */
interface ReadOperation extends Omit<Operation, 'schema' | 'run' | 'record'> {
	record: RecordOutput;
	/**
	 * Reads the records as the provider gives them.
	 *
	 * @throws NodeApiError, NodeOperationError
	 */
	run(context: IExecuteFunctions, index: number, hint: Hint): Promise<IDataObject | IDataObject[]>;
}

/** Nested objects are simplified down to this depth. */
const MAX_DEPTH = 10;

const NEVER = /(?!)/;

/** The fields by name that an object has itself, in the order of the names. */
const fieldsOf = (record: IDataObject, names: readonly string[]): IDataObject =>
	Object.fromEntries(
		names.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name]]),
	);

/** The record with what is derived from it. */
const wholeOf = ({ derived }: RecordOutput, record: IDataObject): IDataObject => ({
	...record,
	...derived?.of(record),
});

/** Whether it is an object of technical keys only, e.g. a link. */
const isTechnical = (value: unknown, technical: RegExp): boolean =>
	isObject(value) &&
	Object.keys(value).length > 0 &&
	Object.keys(value).every((key) => technical.test(key));

/** The value without what is technical in its objects, unless an object has nothing else. */
function withoutTechnical(value: unknown, technical: RegExp, depth = 1): unknown {
	if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value))
		return value.map((each) => withoutTechnical(each, technical, depth + 1));
	const kept = Object.entries(value).filter(
		([key, each]) => !technical.test(key) && !isTechnical(each, technical),
	);
	if (kept.length === 0) return value;
	return Object.fromEntries(
		kept.map(([key, each]) => [key, withoutTechnical(each, technical, depth + 1)]),
	);
}

/** The names of Simplified's fields in their order, of those that a record may have. */
function simplifiedNames(
	{ simplified, technical = NEVER, always = [] }: RecordOutput,
	names: readonly string[],
): string[] {
	if ('keep' in simplified) return [...simplified.keep, ...always];
	const { first, leaveOut } = simplified;
	const others = names.filter(
		(name) => ![...first, ...leaveOut, ...always].includes(name) && !technical.test(name),
	);
	return [...first, ...others, ...always];
}

function simplifiedRecord(output: RecordOutput, record: IDataObject): IDataObject {
	const whole = wholeOf(output, record);
	const fields = fieldsOf(whole, simplifiedNames(output, Object.keys(whole)));
	const { technical } = output;
	if (!technical) return fields;
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [name, withoutTechnical(value, technical)]),
	) as IDataObject;
}

/** All fields that are known, those of Simplified first. */
function shapeOf(output: RecordOutput): z.ZodRawShape {
	const shape = { ...output.schema.shape, ...output.derived?.shape } as z.ZodRawShape;
	return { ...pick(shape, simplifiedNames(output, Object.keys(shape))), ...shape };
}

/**
 * The shape of an item with any choice of Output. No field is required, as Selected Fields may have
 * any of them.
 */
export const outputSchema = (output: RecordOutput) =>
	z.object(shapeOf(output)).partial().passthrough();

const ACRONYMS: Record<string, string> = { Cv: 'CV', Id: 'ID', Ids: 'IDs', Sku: 'SKU', Url: 'URL' };

/** A field's name as a label, e.g. `latest_cv_url` as Latest CV URL. */
const labelOf = (name: string) =>
	startCase(name).replace(/[A-Z][a-z]+/g, (word) => ACRONYMS[word] ?? word);

/** The fields to choose from. Of two with the same label, Simplified has the first. */
function fieldOptions(output: RecordOutput) {
	const { technical = NEVER, always = [] } = output;
	const options = Object.keys(shapeOf(output))
		.filter((name) => !technical.test(name) && !always.includes(name))
		.map((name) => ({ name: labelOf(name), value: name }));
	return uniqBy(options, 'name').sort((a, b) => a.name.localeCompare(b.name));
}

const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'simplified',
	description: 'How much of each record to return',
	options: [
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The useful fields, the main ones first',
		},
		{ name: 'Selected Fields', value: 'selected', description: 'Only the fields that you choose' },
		{ name: 'Raw', value: 'raw', description: 'The record as the API returns it' },
	],
};

const isSelected = { displayOptions: { show: { output: ['selected'] } } };

const fieldsToInclude: INodeProperties = {
	displayName: 'Fields to Include',
	name: 'fieldsToInclude',
	type: 'multiOptions',
	default: [],
	description: 'The fields that each item has',
	...isSelected,
};

const otherFields: INodeProperties = {
	displayName: 'Other Fields to Include',
	name: 'otherFieldsToInclude',
	type: 'string',
	default: '',
	placeholder: 'e.g. remarks, address.town',
	description:
		'Comma-separated names of fields that are not in the list, as they are in the output; a dot leads to a field inside another',
	...isSelected,
};

const outputFields = (output: RecordOutput): INodeProperties[] => [
	outputField,
	{ ...fieldsToInclude, options: fieldOptions(output) },
	otherFields,
];

/** Selected Fields of records; says which of the typed names no record has. */
function selectFields(
	output: RecordOutput,
	names: readonly string[],
	typed: readonly string[],
	hint: Hint,
): (records: IDataObject[]) => IDataObject[] {
	const { always = [] } = output;
	return (records) => {
		const missing = new Set(typed);
		const items = records.map((record) => {
			const whole = wholeOf(output, record);
			const own = names.filter((name) => has(whole, name));
			for (const name of own) missing.delete(name);
			return { ...pick(whole, own), ...fieldsOf(record, always) };
		});
		for (const name of records.length > 0 ? missing : [])
			hint(`No record has the field "${name}". Check Other Fields to Include.`);
		return items;
	};
}

/**
 * What Output makes of the records for one input item.
 *
 * @throws NodeOperationError for a choice that there is not, and when no field is selected
 */
function chosenOutput(
	context: IExecuteFunctions,
	index: number,
	output: RecordOutput,
	hint: Hint,
): (records: IDataObject[]) => IDataObject[] {
	const valueOf = (name: string): unknown => context.getNodeParameter(name, index, '');
	const choice = valueOf(outputField.name) || outputField.default;
	const refuse = parameterError(context, index);
	switch (choice) {
		case 'raw':
			return (records) => records;
		case 'simplified':
			return (records) => records.map((record) => simplifiedRecord(output, record));
		case 'selected': {
			const typed = textsIn(valueOf(otherFields.name)).flatMap((text) => textsIn(text.split(',')));
			const names = [...textsIn(valueOf(fieldsToInclude.name)), ...typed];
			if (names.length > 0) return selectFields(output, names, typed, hint);
			throw refuse('Fields to Include is empty', 'Choose the fields, or another Output.');
		}
		default:
			throw refuse(
				`Output cannot be ${JSON.stringify(choice)}`,
				'Use simplified, selected or raw.',
			);
	}
}

/**
 * Adds Output to an operation that reads records: Simplified, the fields that the user selects, or
 * Raw. Each choice is per input item, and checked before anything is requested.
 */
export const withOutput = ({ record, fields, run, ...operation }: ReadOperation): Operation => ({
	...operation,
	record,
	fields: [...fields, ...outputFields(record)],
	schema: outputSchema(record),
	async run(context, index, hint) {
		const shape = chosenOutput(context, index, record, hint);
		const read = await run(context, index, hint);
		if (Array.isArray(read)) return shape(read);
		return isObject(read) ? shape([read])[0] : read;
	},
});
