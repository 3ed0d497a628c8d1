import { randomBytes } from 'node:crypto';
import get from 'lodash/get.js';
import { DateTime } from 'luxon';

/** The CSV header, in order (documented, event types). */
const COLUMNS = [
	...['id', 'source', 'timestamp', 'type', 'user', 'companyId', 'event', 'notifiableId', 'title'],
	...[
		'id',
		'firstName',
		'lastName',
		'externalCustomerId',
		'sfContactId',
		'sfAccountId',
		'client',
		'ref1',
		'ref2',
		'ref3',
	].map((name) => `userDetail.${name}`),
];

/** @typedef {'csv' | 'json'} Format documented (sftp); who chooses is unknown */

/**
 * Quotes as in RFC 4180; how the platform quotes is unknown.
 *
 * @param {unknown} value
 * @param {boolean} always
 */
function quoted(value, always) {
	const text = value === null || value === undefined ? '' : String(value);
	return always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {object[]} events
 * @param {Pick<import('./settings.mjs').Settings, 'lineEnd' | 'byteOrderMark' | 'quoteAll' | 'moreColumns'>} settings
 */
export function csvOf(events, { lineEnd, byteOrderMark, quoteAll, moreColumns }) {
	const columns = [...COLUMNS, ...moreColumns];
	const rows = [columns, ...events.map((event) => columns.map((column) => get(event, column)))];
	return (
		(byteOrderMark ? '\uFEFF' : '') +
		rows.map((row) => row.map((value) => quoted(value, quoteAll)).join(',') + lineEnd).join('')
	);
}

/**
 * The events of a day, which the platform sends by SFTP at about 2 a.m. on the next day
 * (documented, sftp). That the day is the calendar day in the site's time zone is inferred.
 *
 * @template {{ timestamp: string }} Event
 * @param {Event[]} events
 * @param {string} day as in 2026-03-04
 * @param {string} timeZone
 */
export const ofDay = (events, day, timeZone) =>
	events.filter(
		({ timestamp }) => DateTime.fromISO(timestamp, { zone: timeZone }).toISODate() === day,
	);

/**
 * As in the documented examples; the meaning of the number is unknown.
 *
 * @param {string} day
 * @param {Format} format
 */
export function nameOf(day, format) {
	const sent = DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1, hours: 6 });
	return `courseCompletion-${sent.toUnixInteger()}_${sent.toFormat("yyyy-MM-dd'T'HH-mm-ss")}-${randomBytes(4).toString('hex').slice(0, 7)}.${format}`;
}
