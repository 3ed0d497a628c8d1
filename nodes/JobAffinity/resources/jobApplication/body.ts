import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { additionalJson, requestBody, type FieldTable } from '../../../shared/actions/fieldTable';
import { parameterError, type ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';
import { applyUrl } from './applyUrl';
import { cvField, documentFields } from './documents';
import { MAX_LENGTHS, needed, optional } from './fields';

/** The current version of the documented body; a newer one keeps to `1.x`. */
const VERSION = '1.2';

export const table: FieldTable = {
	main: [applyUrl, ...needed, cvField],
	additional: [...optional, ...documentFields, additionalJson('JobAffinity')],
};

/** A date belongs to the availability `date` alone, and lies in the future (documented). */
function checkAvailability(
	{ availability, availability_date: given }: IDataObject,
	now: DateTime,
	refuse: ParameterErrorFactory,
): void {
	const day = asText(given) ?? '';
	if (availability !== 'date') {
		if (day === '') return;
		throw refuse(
			'Availability Date is set without its Availability',
			'Set Availability to At a Date, or leave Availability Date empty.',
		);
	}
	const date = DateTime.fromISO(day, { zone: now.zone });
	if (date.isValid && date.startOf('day') > now.startOf('day')) return;
	throw refuse(
		day === ''
			? 'Availability Date is empty'
			: `Availability Date is not ${date.isValid ? 'in the future' : 'a date'}`,
		'Choose a day after today, or another Availability. Nothing was sent.',
	);
}

/** Characters as JSON Schema counts them. */
const lengthOf = (text: string) => [...text].length;

/**
 * The JSON that the apply URL takes (documented, reference: submit a job application), with only
 * what is set.
 *
 * @throws NodeOperationError when a required field is empty, one is too long, or the availability
 * and its date do not match
 */
export function applicationBody(context: IExecuteFunctions, index: number): IDataObject {
	const refuse = parameterError(context, index);
	const body: IDataObject = { version: VERSION, ...requestBody(context, index, table) };
	if (!/^[A-Z]{2}$/i.test(String(body.country))) {
		throw refuse('Country is not a two-letter code', 'Use an ISO 3166-1 code, such as FR.');
	}
	for (const { key = '', property } of [...needed, ...optional]) {
		const length = lengthOf(asText(body[key]) ?? '');
		const max = MAX_LENGTHS[key] ?? Infinity;
		if (length <= max) continue;
		throw refuse(
			`${property.displayName} is too long`,
			`It has ${length} characters, and JobAffinity takes ${max} at most. Nothing was sent.`,
		);
	}
	checkAvailability(body, DateTime.now().setZone(context.getTimezone()), refuse);
	return body;
}
