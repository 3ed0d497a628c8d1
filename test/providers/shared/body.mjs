/**
 * The JSON object that a body is. What a body that is none is answered is unknown: here it has none
 * of the fields.
 *
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
export function parsed(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
	} catch {
		return {};
	}
}
