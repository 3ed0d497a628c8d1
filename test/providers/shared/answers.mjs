/**
 * @typedef {{ status: number, type: string, text: string | Buffer, headers?: Record<string, string> }} Answer
 */

/** @param {number} status @param {unknown} body @returns {Answer} */
export const json = (status, body) => ({
	status,
	type: 'application/json; charset=utf-8',
	text: JSON.stringify(body),
});

/** @param {number} status @param {string} text @returns {Answer} */
export const plain = (status, text) => ({ status, type: 'text/plain; charset=utf-8', text });
