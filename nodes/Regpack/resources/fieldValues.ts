import type { INodeProperties } from 'n8n-workflow';

import type { FieldRow } from '../../shared/actions/fieldTable';
import { locatorText } from '../../shared/actions/resourceLocator';

interface ListedValue {
	name?: unknown;
	kind?: string;
	value?: unknown;
	answers?: unknown;
}

/** What differs between the places where field values are entered. */
interface FieldValues {
	/** The key of the body that holds the values. */
	key: string;
	/** The collection; its entries are added. */
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>;
	/** How a field is named. */
	fieldName: INodeProperties;
	valueDescription: string;
	answersDescription: string;
}

/** The answers, as an expression may give them: one or a list, numbers as texts. */
const answersIn = (answers: unknown): unknown[] =>
	[answers ?? []].flat().map((each: unknown) => (typeof each === 'number' ? String(each) : each));

/**
 * Values of fields, by mapped name or ID, each as text or as the answers to a multiple-choice field,
 * which are an array of texts even if there is only one (documented, update).
 */
export const fieldValuesRow = ({
	key,
	property,
	fieldName,
	valueDescription,
	answersDescription,
}: FieldValues): FieldRow => ({
	key,
	property: {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		default: {},
		...property,
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					fieldName,
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
						description: valueDescription,
						displayOptions: { show: { kind: ['text'] } },
					},
					{
						displayName: 'Answers',
						name: 'answers',
						type: 'string',
						typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Answer' },
						default: [],
						placeholder: 'e.g. Medium',
						description: answersDescription,
						displayOptions: { show: { kind: ['choices'] } },
					},
				],
			},
		],
	},
	convert(label, value, refuse) {
		const { field = [] } = value as { field?: ListedValue[] };
		return Object.fromEntries(
			field.map(({ name, kind, value: text, answers }) => {
				const fieldKey = locatorText(name);
				if (fieldKey === null)
					throw refuse(
						'A field has no name',
						`Give each field under ${label} its mapped name or its ID.`,
					);
				return [fieldKey, kind === 'choices' ? answersIn(answers) : text];
			}),
		) as ReturnType<NonNullable<FieldRow['convert']>>;
	},
});
