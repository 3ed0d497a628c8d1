/**
 * @typedef {object} Settings what is unknown of Innovative Educators, or would take too long as it is
 * @property {number} factor by which all times are shorter than documented; 1 is real time
 * @property {import('./schedule.mjs').Clock | undefined} clock instead of one by that factor
 * @property {number | undefined} timeoutMs real milliseconds that an answer may take, instead of 15 seconds by that factor
 * @property {'same' | 'new'} retryIds whether a retry has the ID of the first attempt (inferred)
 * @property {'random' | 'ofNames'} ids whether an ID is another one for each completion, or made of learner and course; those of
 *   the sample are UUIDs of version 5, which are made of names (inferred)
 * @property {unknown} testBody of the notification after set-up, which is documented, but not its body; text is sent as it is
 * @property {Record<string, string | undefined>} headers beside or instead of the content type; which there are is unknown
 * @property {boolean} forwarded whether the source address stands in X-Forwarded-For, as a proxy would put it there; on
 *   loopback nobody can have the address itself
 * @property {'null' | 'empty' | 'absent'} unset how values that a learner does not have stand in the object (unknown)
 * @property {string} timeZone of the nightly file: the site's, usually Eastern time (documented, sftp)
 * @property {'\r\n' | '\n'} lineEnd of the CSV (unknown)
 * @property {boolean} byteOrderMark at the beginning of the CSV (unknown)
 * @property {boolean} quoteAll whether every field of the CSV is quoted (unknown)
 * @property {string[]} moreColumns of the CSV, such as userDetail.ref4; others have seen more keys than are documented
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
