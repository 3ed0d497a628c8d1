import { inspect } from 'node:util';

/** Words that n8n's guidelines keep out of what people read. */
const UNKIND = /\b(error|problem|failure|mistake)s?\b/i;

/**
 * The texts of a run that failed. Both must be there and follow n8n's rules, and no secret may be
 * anywhere in the error.
 *
 * @param {{ status: string, error: any }} run
 * @param {string[]} secrets
 * @returns {{ message: string, description: string, httpCode: string | null, itemIndex: number, failure?: any }}
 */
export function errorTextOf({ status, error }, secrets) {
	expect(status).toBe('error');
	const { message, description, httpCode, context, failure } = error;
	for (const text of [message, description]) {
		expect(text).toMatch(/^\S.*\S$/);
		expect(text).not.toMatch(UNKIND);
		expect(text).not.toMatch(/undefined|null|\[object/);
	}
	expect(message).not.toMatch(/\.$/);
	expect(description).toMatch(/[.!?…]$/);
	const everything = [
		inspect(error, { depth: Infinity, showHidden: true }),
		JSON.stringify(error),
		error.stack,
	].join();
	for (const secret of secrets) expect(everything).not.toContain(secret);
	return { message, description, httpCode, itemIndex: context?.itemIndex, failure };
}
