import type { IDataObject } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';

import { additionalJson, type FieldRow } from '../../../shared/actions/fieldTable';
import type { ParameterErrorFactory } from '../../../shared/actions/parameters';

const FIELDS = 'Fields to Update';

interface ListedValue {
	name?: unknown;
	kind?: string;
	value?: unknown;
	answers?: unknown;
}

/**
 * Values of fields, by mapped name or ID, as text or as the answers to a multiple-choice field
 * (documented, update).
 */
const values: FieldRow = {
	key: 'doc',
	property: {
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
						description: 'What the field holds',
						options: [
							{
								name: 'Multiple Choice',
								value: 'choices',
								description: 'Answers of a multiple-choice field, even if there is only one',
							},
							{ name: 'Text', value: 'text', description: 'Text or a number' },
						],
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'The new value. Leave empty to clear the field.',
						displayOptions: { show: { kind: ['text'] } },
					},
					{
						displayName: 'Answers',
						name: 'answers',
						type: 'string',
						typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Answer' },
						default: [],
						placeholder: 'e.g. Medium',
						description:
							'The chosen answers, each exactly as the form has it. They replace the earlier ones.',
						displayOptions: { show: { kind: ['choices'] } },
					},
				],
			},
		],
	},
	convert(_label, value, refuse) {
		const { field = [] } = value as { field?: ListedValue[] };
		return Object.fromEntries(
			field.map(({ name, kind, value: text, answers }) => {
				const key = String(name ?? '').trim();
				if (key === '')
					throw refuse(
						'A field has no name',
						`Give each field under ${FIELDS} its mapped name or its ID.`,
					);
				return [key, kind === 'choices' ? [answers ?? []].flat() : text];
			}),
		);
	},
};

export const valueRows = [values, additionalJson('Regpack', 'doc')];

const isSimple = (value: unknown): value is string | number =>
	typeof value === 'string' || Number.isFinite(value);

/**
 * A text, a number or an array of texts (documented, update); an expression may give any of them.
 */
function toFieldValue(
	name: string,
	given: unknown,
	refuse: ParameterErrorFactory,
): string | number | string[] {
	if (name.startsWith('_')) {
		throw refuse(
			`${name} cannot be updated`,
			'Names that start with an underscore are system fields, which Regpack does not let you update.',
		);
	}
	const value = given ?? '';
	if (isSimple(value)) return value;
	if (Array.isArray(value) && value.every(isSimple)) return value.map(String);
	throw refuse(
		`The value of ${name} is neither text nor a number`,
		'Give a text, a number, or a list of answers.',
	);
}

/**
 * The `doc` of an update: at least one field (documented, update).
 *
 * @throws NodeOperationError when there is none, or one that cannot be updated
 */
export function toFieldValues(doc: IDataObject, refuse: ParameterErrorFactory): IDataObject {
	if (Object.keys(doc).length === 0)
		throw refuse('There is nothing to update', `Add at least one field under ${FIELDS}.`);
	return mapValues(doc, (value, name) => toFieldValue(name, value, refuse));
}
