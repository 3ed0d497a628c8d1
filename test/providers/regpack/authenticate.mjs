/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{ apiUser: string, apiToken: string, apiId: number, groupId: number }} Credential */

/**
 * Seconds since the epoch: inferred from an older sample (get_user_list), so milliseconds and dates
 * are refused.
 *
 * @param {unknown} header
 * @param {Settings} settings
 */
function isTimely(header, { clock, skew }) {
	return (
		typeof header === 'string' &&
		/^\d+$/.test(header) &&
		Math.abs(Number(header) - clock() / 1000) <= skew
	);
}

/**
 * Four headers, and neither HTTP Basic nor a bearer (documented, basic-authentication).
 *
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {Credential} credential
 * @param {Settings} settings
 */
export const isAuthentic = (headers, { apiUser, apiToken, apiId }, settings) =>
	headers['api-user'] === apiUser &&
	headers['api-token'] === apiToken &&
	headers['api-id'] === String(apiId) &&
	(settings.timestamp === 'ignored' || isTimely(headers.timestamp, settings));
