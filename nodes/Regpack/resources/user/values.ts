import type { IDataObject } from 'n8n-workflow';
import mapValues from 'lodash/mapValues';

import { additionalJson } from '../../../shared/actions/fieldTable';
import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import { locator } from '../../api/listSearch';
import { fieldValuesRow } from '../fieldValues';

const FIELDS = 'Fields to Update';

const values = fieldValuesRow({
	key: 'doc',
	property: {
		displayName: FIELDS,
		name: 'values',
		description: 'The fields to change, each by its mapped name or its ID, and their new values',
	},
	fieldName: locator('field', { displayName: 'Name or ID', name: 'name' }),
	valueDescription: 'The new value. Leave empty to clear the field.',
	answersDescription:
		'The chosen answers, each exactly as the form has it. They replace the earlier ones.',
});

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
