/**
 * @typedef {'row0' | 'row1' | 'page0' | 'page1'} StartingPosition a row or a page, counted from 0
 * or from 1
 */
/**
 * @typedef {'oldest' | 'newest' | 'shuffled' | 'random'} Order by clogin_id; shuffled anew with
 * every first page, or with every page
 */

/**
 * @typedef {object} Settings what is unknown of Regpack, or what its documents say in two ways
 * @property {'individual' | 'family'} system of the project that the credential names; there is one
 * of each
 * @property {boolean} apiAdmin whether the projects have an API admin, without whom no webhook is
 * sent (inferred)
 * @property {() => number} clock milliseconds since the epoch
 * @property {'401' | '403' | '200'} refusals what wrong credentials are answered; 200 says
 * `success: false`
 * @property {'enforced' | 'ignored'} timestamp required by the page on authentication, absent from
 * newer samples
 * @property {number} skew seconds that an enforced timestamp may be off
 * @property {'success' | 'msg_type' | '400'} mistakes what a wrong call is answered: 200 with
 * `success: false`, 200 with only `msg_type: "error"`, or status 400
 * @property {StartingPosition} startingPosition what `starting_position` counts
 * @property {'empty' | 'last' | 'error'} pastEnd what comes past the end of a list: nothing, the
 * last page again, or an error
 * @property {number} perPage 50 is documented (paginated-requests); fewer make a test cheap
 * @property {Order} order of a list
 * @property {'beside' | 'inside'} totalsAt where `total_users` and `records_per_page` stand, seen
 * from `totals`
 * @property {'all' | 'parents'} totalCounts whether `total_users` counts children
 * @property {'number' | 'text'} totals whether `total_users` is a number, or a text with commas
 * between the thousands
 * @property {'plain' | 'comma' | 'point'} amounts how amounts of more than 999 are written: 1234.00
 * as in all examples, 1,234.00, or 1.234,00
 * @property {'parts' | 'flat'} element whether a user of a list has `user_info` and `meta_info`, or
 * their keys
 * @property {string} familyKey under which `return_families` nests the children
 * @property {'doc' | 'top'} valuesAt where get_info has what was selected
 * @property {'metadata' | 'allfields'} emptyInfo what get_info tells when nothing is selected: the
 * page says both
 * @property {'keyed' | 'list' | 'absent'} fieldIndex how `field_index` holds the metadata of fields:
 * by their names, as a list, or not at all
 * @property {string} productNameKey under which `_userproducts` has the name of a product
 * @property {boolean} groupedProducts whether `_userproducts` has products in categories
 * @property {boolean} listValues whether a list shows values of fields: only newer copies of its
 * page say so
 * @property {number} latencyMs how long an answer of the API takes
 * @property {'success' | 'error'} noOps whether an update that changes nothing says so; that it
 * changes nothing is documented
 * @property {'top' | 'doc'} productListAt where add_product reads its list
 * @property {'object' | 'array' | 'keyed'} productListShape one product, an array of them, or an
 * object of them
 * @property {'object' | 'array'} emailListShape an object in the sample of add_email, an array in
 * its table
 * @property {'refused' | 'ignored'} misread what happens to a list in the other place or shape
 * @property {import('./encode.mjs').Encoding} encoding of a webhook's body
 * @property {number} webhookTimeoutMs how long an answer to a webhook may take
 * @property {string} statusKey under which status_update has the "information about the status"
 * @property {string} analyticsKey under which a form's event has "google or Facebook analytics"
 * @property {'array' | 'keyed'} groupUserInfo `user_info` of a webhook about a group: documented as
 * an array, of which no sample is shown; PHP makes objects of some arrays
 * @property {'array' | 'keyed' | 'first'} groupMeta `meta_info` of a webhook about a group: of each
 * user, or of the first
 * @property {'object' | 'list'} envelope whether a body is one delivery, or a list with it
 * @property {'array' | 'object'} tagUserInfo `user_info` of tag_update; an object shows the first
 * of a group
 * @property {boolean} swapParts whether `form_info` and `tag_info` are arrays, and `cart_info` and
 * `allocated_payments` objects
 * @property {boolean} preprocessDoc whether form_preprocess carries `doc`, which is not among its
 * documented parts
 * @property {string} redirectKey of a reply that redirects: that there is one is documented
 * (webhooks)
 * @property {'error' | 'message'} stopsOn what counts as error handling: a message of that type, or
 * any
 * @property {'continues' | 'stops'} preprocessRedirect whether a redirect by form_preprocess lets
 * the submission go on
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
	totals: 'number',
	amounts: 'plain',
	element: 'parts',
	familyKey: 'children',
	valuesAt: 'doc',
	emptyInfo: 'metadata',
	fieldIndex: 'keyed',
	productNameKey: 'made_up_name',
	groupedProducts: false,
	listValues: true,
	latencyMs: 0,
	noOps: 'success',
	productListAt: 'top',
	productListShape: 'object',
	emailListShape: 'object',
	misread: 'refused',
	encoding: 'json',
	webhookTimeoutMs: 30_000,
	statusKey: 'status_info',
	analyticsKey: 'analytics',
	groupUserInfo: 'array',
	groupMeta: 'first',
	envelope: 'object',
	tagUserInfo: 'array',
	swapParts: false,
	preprocessDoc: false,
	redirectKey: 'redirect',
	stopsOn: 'error',
	preprocessRedirect: 'continues',
};
