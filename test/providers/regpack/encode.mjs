/** @typedef {'json' | 'form' | 'brackets' | 'jsonAsForm'} Encoding */

const FORM = 'application/x-www-form-urlencoded';

/**
 * As PHP's http_build_query does: nested keys in brackets, null and empty arrays left out.
 *
 * @param {string} key
 * @param {unknown} value
 * @returns {[string, string][]}
 */
function bracketed(key, value) {
	if (value === null || value === undefined) return [];
	if (typeof value === 'object')
		return Object.entries(value).flatMap(([inner, each]) => bracketed(`${key}[${inner}]`, each));
	return [[key, String(value)]];
}

/**
 * @type {Record<Encoding, (payload: Record<string, unknown>) => { type: string, text: string }>}
 */
const ENCODINGS = {
	json: (payload) => ({ type: 'application/json', text: JSON.stringify(payload) }),
	form(payload) {
		const texts = Object.entries(payload).map(([key, value]) => [
			key,
			typeof value === 'string' ? value : JSON.stringify(value),
		]);
		return { type: FORM, text: String(new URLSearchParams(texts)) };
	},
	brackets(payload) {
		const texts = Object.entries(payload).flatMap(([key, value]) => bracketed(key, value));
		return { type: FORM, text: String(new URLSearchParams(texts)) };
	},
	// What PHP's curl says of a body that is a text.
	jsonAsForm: (payload) => ({ type: FORM, text: JSON.stringify(payload) }),
};

/**
 * The body of a webhook: how it is written is unknown.
 *
 * @param {Record<string, unknown>} payload
 * @param {Encoding} encoding
 */
export const encode = (payload, encoding) => ENCODINGS[encoding](payload);
