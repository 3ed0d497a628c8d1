import { json } from '../shared/answers.mjs';

/** @typedef {import('../shared/answers.mjs').Answer} Answer */
/** @typedef {Record<string, string>} Wrong a sentence for each parameter or field that is wrong */

/** @param {number} status @param {object} body @returns {Answer} */
export const ok = (status, body) => json(status, body);

/**
 * Rejected parameters and fields arrive with HTTP 200 (documented, responses). Unknown: other codes
 * than null, and the sentences, of which only PERMISSION_DENIED is documented.
 *
 * @param {Wrong} wrong
 */
export const invalid = (wrong) =>
	json(200, {
		_status: 'INVALID',
		invalid: Object.fromEntries(
			Object.entries(wrong).map(([name, message]) => [name, { code: null, message }]),
		),
	});

export const PERMISSION_DENIED = 'Permission denied';
export const NOT_FOUND = 'Not found';

/**
 * The statuses that are documented (responses), and 405, which is not.
 *
 * @type {Record<number, string>}
 */
const REASONS = {
	401: 'Authentication required',
	403: 'Access denied',
	404: 'Not found',
	405: 'Method not allowed',
	429: 'Too many requests',
	500: 'Server error',
};

/**
 * Unknown: what a refusal's body is. Every answer is said to be JSON (documented, responses), which
 * an empty one is not.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {number} status
 * @returns {Answer}
 */
export function refusal({ errorBodies, retryAfter, wwwAuthenticate }, status) {
	const reason = REASONS[status] ?? 'Error';
	const headers = {
		...(status === 429 && retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
		...(status === 401 && wwwAuthenticate !== undefined && { 'www-authenticate': wwwAuthenticate }),
	};
	if (errorBodies === 'json')
		return { ...json(status, { _status: 'ERROR', message: reason }), headers };
	const html = `<!DOCTYPE html>\n<html lang="fr"><body><h1>${status} ${reason}</h1></body></html>\n`;
	if (errorBodies === 'html')
		return { status, type: 'text/html; charset=utf-8', text: html, headers };
	return { status, type: 'application/json', text: '', headers };
}
