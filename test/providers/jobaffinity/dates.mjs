/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} timeZone */
function formatOf(timeZone) {
	// Sweden writes `2026-03-05 14:02:09`.
	const format =
		formats.get(timeZone) ??
		new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
	formats.set(timeZone, format);
	return format;
}

/**
 * `YYYY-MM-DD HH:MM:SS` without a zone (documented by example, webhooks).
 *
 * @param {number} at
 * @param {string} timeZone
 */
export const spacedOf = (at, timeZone) => formatOf(timeZone).format(at);

/** `YYYY-MM-DD` (documented, app-get and others). @param {number} at @param {string} timeZone */
export const dateOf = (at, timeZone) => spacedOf(at, timeZone).slice(0, 10);

/**
 * ISO 8601 with `Z`, as in a sample that may be a placeholder (documented by example, app-get).
 *
 * @param {number} at
 */
export const dateTimeOf = (at) => `${new Date(at).toISOString().slice(0, 19)}Z`;
