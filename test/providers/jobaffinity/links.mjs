/** @typedef {ReturnType<typeof createLinks>} Links */

export const ROOT = '/restapi/v1';

/**
 * Links to JobAffinity's own resources, relative to the host or absolute.
 *
 * @param {'relative' | 'absolute'} links
 * @param {() => string} origin
 */
export function createLinks(links, origin) {
	/** @param {string} path */
	const any = (path) => (links === 'absolute' ? origin() + path : path);
	return {
		any,
		/** @param {string} path below the root */
		to: (path) => any(ROOT + path),
		/** @param {string} path below the root */
		self: (path) => ({ _self: any(ROOT + path) }),
		/**
		 * Of an object (documented, responses).
		 *
		 * @param {string} path below the root
		 * @param {string} schema
		 */
		envelope: (path, schema) => ({
			_self: any(ROOT + path),
			_schema: any(`/restapi/schemav1/${schema}`),
			_status: 'OK',
		}),
	};
}
