import type { IDataObject } from 'n8n-workflow';

import { jsonObject, type Refuse } from '../../../api/values';
import { asText } from '../../../delivery/text';
import { FIELDS } from './fields';

/** The current version of the documented body; a newer one keeps to `1.x`. */
const VERSION = '1.2';

/** Characters as JSON Schema counts them. */
const lengthOf = (text: string) => [...text].length;

/**
 * The JSON that the apply URL takes (documented, reference: submit a job application), with what is set and
 * nothing else.
 *
 * @param given values of the parameters by their names
 * @throws NodeOperationError when a needed one is empty, or one is longer than JobAffinity takes
 */
export function applicationBody(given: IDataObject, refuse: Refuse): IDataObject {
	const set = FIELDS.flatMap(({ field, property }) => {
		const value = asText(given[property.name])?.trim();
		return value ? [[field, field === 'country' ? value.toUpperCase() : value]] : [];
	});
	const body: IDataObject = {
		version: VERSION,
		...Object.fromEntries(set),
		...jsonObject('Further Fields', given.furtherFields, refuse),
	};
	for (const { field, property, most = Infinity, required } of FIELDS) {
		const value = asText(body[field]) ?? '';
		if (required && value === '') {
			throw refuse(`${property.displayName} is empty`, 'JobAffinity needs it for an application: give it a value for this item.');
		}
		if (field === 'country' && !/^[A-Z]{2}$/i.test(value)) {
			throw refuse(`${property.displayName} is not a code of two letters`, 'Use a code of ISO 3166-1, such as FR.');
		}
		if (lengthOf(value) > most) {
			throw refuse(
				`${property.displayName} is too long`,
				`It has ${lengthOf(value)} characters, and JobAffinity takes ${most} at most. Nothing was sent.`,
			);
		}
	}
	return body;
}
