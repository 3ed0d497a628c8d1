/** @typedef {'row0' | 'row1' | 'page0' | 'page1'} StartingPosition a row or a page, counted from 0 or from 1 */
/** @typedef {'oldest' | 'newest' | 'shuffled' | 'random'} Order by clogin_id; shuffled anew with every first page, or with every page */

/**
 * @typedef {object} Settings what is unknown of Regpack, or what its documents say in two ways
 * @property {'individual' | 'family'} system of the project that the credential names; there is one of each
 * @property {boolean} apiAdmin whether the projects have an API admin, without whom no webhook is sent (inferred)
 * @property {() => number} clock milliseconds since the epoch
 * @property {'401' | '403' | '200'} refusals what wrong credentials are answered; 200 says `success: false`
 * @property {'enforced' | 'ignored'} timestamp required by the page on authentication, absent from newer samples
 * @property {number} skew seconds that an enforced timestamp may be off
 * @property {'success' | 'msg_type' | '400'} mistakes what a wrong call is answered: 200 with `success: false`, 200 with only
 *   `msg_type: "error"`, or status 400
 * @property {StartingPosition} startingPosition what `starting_position` counts
 * @property {'empty' | 'last' | 'error'} pastEnd what comes past the end of a list: nothing, the last page again, or an error
 * @property {number} perPage 50 is documented (paginated-requests); fewer make a test cheap
 * @property {Order} order of a list
 * @property {'beside' | 'inside'} totalsAt where `total_users` and `records_per_page` stand, seen from `totals`
 * @property {'all' | 'parents'} totalCounts whether `total_users` counts children
 * @property {'parts' | 'flat'} element whether a user of a list has `user_info` and `meta_info`, or their keys
 * @property {string} familyKey under which `return_families` nests the children
 */

/** @type {Settings} */
export const DEFAULTS = {
	system: 'individual',
	apiAdmin: true,
	clock: () => Date.now(),
	refusals: '401',
	timestamp: 'enforced',
	skew: 300,
	mistakes: 'success',
	startingPosition: 'row0',
	pastEnd: 'empty',
	perPage: 50,
	order: 'oldest',
	totalsAt: 'beside',
	totalCounts: 'all',
	element: 'parts',
	familyKey: 'children',
};
