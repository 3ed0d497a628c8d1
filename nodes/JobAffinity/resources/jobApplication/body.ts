import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { parseJsonObject, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { FIELDS } from './fields';

/** The current version of the documented body; a newer one keeps to `1.x`. */
const VERSION = '1.2';

/** What a parameter gives to a field. */
function valueOf(field: string, given: unknown): string {
	const value = asText(given instanceof Date ? given.toISOString() : given)?.trim() ?? '';
	if (field === 'country') return value.toUpperCase();
	// A day as it is written: which zone JobAffinity's days are of is unknown.
	return field === 'availability_date' ? (DateTime.fromISO(value, { setZone: true }).toISODate() ?? value) : value;
}

/** A date goes with the availability `date`, and only with that, and lies in the future (documented). */
function checkAvailability({ availability, availability_date: given }: IDataObject, now: DateTime, refuse: ParameterErrorFactory): void {
	const day = asText(given) ?? '';
	if (availability !== 'date' && day === '') return;
	if (availability !== 'date') {
		throw refuse('Availability Date is set without its Availability', 'Set Availability to At a Date, or leave Availability Date empty.');
	}
	const date = DateTime.fromISO(day, { zone: now.zone });
	if (date.isValid && date.startOf('day') > now.startOf('day')) return;
	throw refuse(
		day === '' ? 'Availability Date is empty' : `Availability Date is not ${date.isValid ? 'in the future' : 'a date'}`,
		'Choose a day after today, or another Availability. Nothing was sent.',
	);
}

/** Characters as JSON Schema counts them. */
const lengthOf = (text: string) => [...text].length;

/**
 * The JSON that the apply URL takes (documented, reference: submit a job application), with what is set and
 * nothing else.
 *
 * @param given values of the parameters by their names
 * @param now in the zone of the workflow
 * @throws NodeOperationError when a needed one is empty, one is longer than JobAffinity takes, or no date
 * goes with the availability
 */
export function applicationBody(given: IDataObject, now: DateTime, refuse: ParameterErrorFactory): IDataObject {
	const set = FIELDS.flatMap(({ field, property }) => {
		const value = valueOf(field, given[property.name]);
		return value === '' ? [] : [[field, value]];
	});
	const body: IDataObject = {
		version: VERSION,
		...Object.fromEntries(set),
		...parseJsonObject('Additional Fields (JSON)', given.additionalFieldsJson, refuse),
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
	checkAvailability(body, now, refuse);
	return body;
}
