import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { parseJsonObject, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { jsonFields } from '../fields';

const FIELDS = 'Fields to Update';

/** Values of fields, by mapped name or ID, as text or as the answers to a multiple-choice field (documented, update). */
export const valueFields: INodeProperties[] = [
	{
		displayName: FIELDS,
		name: 'values',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		default: {},
		description: 'The fields to change, each by its mapped name or its ID, and their new values',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Name or ID',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. shirt_size',
						description: 'The mapped name of the field, or its ID such as f_111111_1222222',
					},
					{
						displayName: 'Kind',
						name: 'kind',
						type: 'options',
						default: 'text',
						description: 'What the field takes',
						options: [
							{ name: 'Multiple Choice', value: 'choices', description: 'Answers of a multiple-choice field, also if it is only one' },
							{ name: 'Text', value: 'text', description: 'Text or a number' },
						],
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'The new value; leave it empty to empty the field',
						displayOptions: { show: { kind: ['text'] } },
					},
					{
						displayName: 'Answers',
						name: 'answers',
						type: 'string',
						typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Answer' },
						default: [],
						placeholder: 'e.g. Medium',
						description: 'The answers that are chosen, each as the form has it; they take the place of the earlier ones',
						displayOptions: { show: { kind: ['choices'] } },
					},
				],
			},
		],
	},
	jsonFields,
];

interface Given {
	name?: unknown;
	kind?: string;
	value?: unknown;
	answers?: unknown;
}

const isSimple = (value: unknown): value is string | number => typeof value === 'string' || Number.isFinite(value);

/** A text, a number or an array of texts (documented, update); an expression may give any of them. */
function valueOf(name: string, given: unknown, refuse: ParameterErrorFactory): string | number | string[] {
	const value = given ?? '';
	if (isSimple(value)) return value;
	if (Array.isArray(value) && value.every(isSimple)) return value.map(String);
	throw refuse(`The value of ${name} is neither text nor a number`, 'Give a text, a number, or a list of answers.');
}

/**
 * The `doc` of an update: at least one field (documented, update).
 *
 * @throws NodeOperationError when there is none, or one that cannot be updated
 */
export function valuesIn(given: { field?: Given[] }, further: unknown, refuse: ParameterErrorFactory): IDataObject {
	const listed = (given.field ?? []).map(({ name, kind, value, answers }): [string, unknown] => [
		String(name ?? '').trim(),
		kind === 'choices' ? [answers ?? []].flat() : value,
	]);
	const all: Array<[string, unknown]> = [...listed, ...Object.entries(parseJsonObject('Additional Fields (JSON)', further, refuse))];
	if (all.length === 0) throw refuse('There is nothing to update', `Add at least one field under ${FIELDS}.`);
	for (const [name] of all) {
		if (name === '') throw refuse('A field has no name', `Give each field under ${FIELDS} its mapped name or its ID.`);
		if (name.startsWith('_')) {
			throw refuse(`${name} cannot be updated`, 'Names that begin with an underscore are fields of the system, which Regpack does not let anybody update.');
		}
	}
	return Object.fromEntries(all.map(([name, value]) => [name, valueOf(name, value, refuse)]));
}
