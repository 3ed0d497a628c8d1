/**
 * @typedef {(method: string, path: string, body?: unknown) => Promise<any>} Rest a call to n8n's
 * internal REST as its editor makes it, e.g. `rest('GET', '/workflows')`; resolves with `data`;
 * rejects with method, path, status and n8n's own message
 */

/**
 * @param {string} base
 * @returns {Rest} keeps the login cookie of whoever logged in last
 */
export function createRest(base) {
	let cookie = '';
	return async (method, path, body) => {
		const response = await fetch(`${base}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': 'talent-events',
				...(cookie && { cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const login = response.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='));
		if (login) cookie = login.split(';')[0];
		const text = await response.text();
		const answer = parse(text);
		if (!response.ok)
			throw new Error(
				`${method} ${path}: ${response.status} ${answer?.message ?? text.slice(0, 200)}`,
			);
		return answer?.data ?? answer;
	};
}

/** @param {string} text */
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
