import { json, plain } from '../shared/answers.mjs';

/**
 * Also for ids that do not exist (documented, api/errors-and-status-codes). The sentences are made
 * up.
 *
 * @param {string | object[] | string[]} error one sentence, or a list of schema failures
 */
export const badRequest = (error) => json(400, { error });

/**
 * Documented, api/errors-and-status-codes: a key that is missing or wrong is answered 404, not 401.
 */
export const keyMissing = json(404, { error: 'API key is required' });
export const keyWrong = json(404, { error: 'Account not found for API key' });

/** Plain text (documented, api/errors-and-status-codes); which text is unknown. */
export const methodNotSupported = plain(405, 'Method Not Allowed');

/** The absence of a career navigation profile (documented, api/errors-and-status-codes). */
export const noProfile = json(404, null);

/** Unknown: what a path that is no route is answered. A web framework's own page stands in. */
export const notARoute = {
	status: 404,
	type: 'text/html; charset=utf-8',
	text: '<!DOCTYPE html>\n<html lang="en"><body><pre>Not Found</pre></body></html>\n',
};
