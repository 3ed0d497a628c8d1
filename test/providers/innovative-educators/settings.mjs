/**
 * @typedef {object} Settings what is unknown about Innovative Educators, or would take too long in
 * real time
 * @property {number} factor by which all times are shorter than documented; 1 is real time
 * @property {import('./schedule.mjs').Clock | undefined} clock replaces the one with that factor
 * @property {number | undefined} timeoutMs real milliseconds that an answer may take, instead of 15
 * seconds times the factor
 * @property {'same' | 'new'} retryIds whether a retry has the ID of the first attempt (inferred)
 * @property {'random' | 'nameBased'} ids whether each completion has a new ID, or one derived from
 * learner and course; the sample's IDs are UUIDs of version 5, which are derived from names
 * (inferred)
 * @property {unknown} testBody of the notification after setup, which is documented, while its body
 * is not; text is sent as it is
 * @property {Record<string, string | undefined>} headers added to or replacing the content type;
 * the real ones are unknown
 * @property {boolean} forwarded whether X-Forwarded-For contains the source address, as behind a
 * proxy; on loopback the connection cannot come from that address
 * @property {'null' | 'empty' | 'absent'} unset how the object represents values that a learner
 * does not have (unknown)
 * @property {string} timeZone of the nightly file: the site's, usually Eastern time (documented,
 * sftp)
 * @property {'\r\n' | '\n'} lineEnd of the CSV (unknown)
 * @property {boolean} byteOrderMark whether the CSV starts with one (unknown)
 * @property {boolean} quoteAll whether the CSV quotes every field (unknown)
 * @property {string[]} moreColumns of the CSV, such as userDetail.ref4; others have received more
 * keys than are documented
 */

/** @type {Settings} */
export const DEFAULTS = {
	factor: 1 / 1000,
	clock: undefined,
	timeoutMs: undefined,
	retryIds: 'same',
	ids: 'random',
	testBody: { message: 'This is a test notification' },
	headers: {},
	forwarded: false,
	unset: 'null',
	timeZone: 'America/New_York',
	lineEnd: '\r\n',
	byteOrderMark: false,
	quoteAll: false,
	moreColumns: [],
};
