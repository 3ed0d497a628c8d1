/**
 * @template Handler
 * @typedef {Record<string, Partial<Record<string, Handler>>>} Routes a pattern with at most one
 * `:id`, then the methods
 */

/**
 * @template Handler
 * @param {Routes<Handler>} routes
 */
export function createRouter(routes) {
	const patterns = Object.entries(routes).map(([path, methods]) => ({
		pattern: new RegExp(`^${path.replace(':id', '([^/]+)')}$`),
		methods,
	}));

	/**
	 * @param {string} path without the query
	 * @returns {{ methods: Partial<Record<string, Handler>>, id: string } | undefined} undefined when
	 * it is no route
	 */
	return function routeOf(path) {
		for (const { pattern, methods } of patterns) {
			const found = pattern.exec(path);
			if (found) return { methods, id: found[1] ?? '' };
		}
		return undefined;
	};
}

/** @param {string} path with its query, if it has one */
export function splitPath(path) {
	const [, pathname, query] = /^([^?]*)(.*)$/.exec(path) ?? ['', '', ''];
	return { pathname, query: new URLSearchParams(query) };
}
