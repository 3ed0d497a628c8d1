/** @typedef {'new' | 'old'} Generation */
/** @typedef {'newest' | 'oldest'} Order which comes first */

/**
 * @typedef {object} Settings what is unknown of JobAffinity, or differs between editions of its
 * reference
 * @property {Generation} generation which edition of the reference the shapes follow
 * @property {'relative' | 'absolute'} links relative in all samples of the guides (documented);
 * whether always is unknown
 * @property {'whole' | 'query' | 'unescaped'} nextForm of `_next`: whole in all samples (documented
 * by example); whether it may be a query alone, or hold blanks and accents as they are, is unknown
 * @property {boolean} nextKeepsParameters whether `_next` keeps limit and filters
 * @property {'' | null | 'absent'} lastNext `_next` of the last page: all three are documented
 * @property {boolean} sinceInclusive whether `since` returns the record of that id, too
 * @property {'modified' | 'created'} since `modified`: also older records that were modified after
 * that of the id was created. That `since` returns modified ones is documented (cand-list); how an
 * id tells them is unknown
 * @property {Order} stepOrder of the step changes
 * @property {Order} taskOrder of the history of webhook calls
 * @property {'made' | 'written'} taskSort whether calls are listed as they were made, or sorted by
 * the text of their times
 * @property {'kept' | 'ignored'} taskLimit whether the history takes `limit`
 * @property {'id' | 'offset'} cursorKind what a cursor stands for
 * @property {Order} listOrder of the other lists
 * @property {'thin' | 'full'} jobListItem `thin` is documented (pagination); whether there is more
 * is unknown
 * @property {'equal' | 'contains'} nameMatch how first_name and last_name search; case never counts
 * @property {'works' | 'exact' | 'ignored'} emailSearch how `email` searches for candidates: in
 * either case, which is unknown; in exactly this one; or not at all, against the reference
 * @property {string} jobStatusInApplication its sample is no value of the documented enum (app-get)
 * @property {boolean} historyIncludesCurrent whether the steps of an application hold the current
 * one
 * @property {Order} historyOrder of the steps of an application
 * @property {boolean} listShowsStart whether the list of changes shows the step in which an
 * application begins
 * @property {import('./lag.mjs').Lag} listLagMs how long after a change the list of changes shows
 * it; that it lags at all is unknown
 * @property {import('./lag.mjs').Lag} applicationLagMs how long after it the application shows it,
 * likewise
 * @property {string} timeZone of dates and of times without a zone
 * @property {string | null} expiration of this version
 * @property {string | undefined} lastVersionUrl when it is not this version's
 * @property {number | undefined} retryAfter seconds, a header of 429
 * @property {number} rateLimit requests in a minute; 45 is documented (home), `Infinity` switches
 * it off
 * @property {'sliding' | 'fixed'} window of the rate limit
 * @property {() => number} clock milliseconds since the epoch: rate limit, presigned URLs, the
 * account unless it has its own
 * @property {'json' | 'html' | 'empty'} errorBodies of 401, 403, 404, 405, 429 and 500
 * @property {string | undefined} wwwAuthenticate a header of 401
 * @property {boolean} openSchemas whether schemas need no authentication
 * @property {object[] | undefined} postActions `_actions` in the answer of a POST; undefined leaves
 * it out
 * @property {'records' | 'ignores' | 'refuses'} sameStep what posting the step that an application
 * is in already does
 * @property {{ status: number, body: unknown }} applyAnswer
 * @property {'create' | 'reuse'} applySameEmail whether an application with a known email makes
 * another candidate
 * @property {boolean} applyNeedsCv as cv_required of the feed says
 * @property {boolean} applyNeedsCover as cover_required of the feed says
 * @property {'other-host' | 'same-host' | 'none'} cvRedirect where a CV download redirects to; 307
 * is documented (responses)
 * @property {boolean} cvNeedsLogin whether the first hop of a CV download needs Basic auth
 * @property {boolean} storageRefusesAuthorization whether the other host refuses requests with an
 * Authorization header
 */

/** @type {Settings} */
export const DEFAULTS = {
	generation: 'new',
	links: 'relative',
	nextForm: 'whole',
	nextKeepsParameters: true,
	lastNext: '',
	sinceInclusive: false,
	since: 'modified',
	stepOrder: 'newest',
	taskOrder: 'newest',
	taskSort: 'made',
	taskLimit: 'kept',
	cursorKind: 'id',
	listOrder: 'newest',
	jobListItem: 'thin',
	nameMatch: 'equal',
	emailSearch: 'works',
	jobStatusInApplication: 'OPEN',
	historyIncludesCurrent: true,
	historyOrder: 'oldest',
	listShowsStart: true,
	listLagMs: 0,
	applicationLagMs: 0,
	// A French vendor (inferred).
	timeZone: 'Europe/Paris',
	expiration: null,
	lastVersionUrl: undefined,
	retryAfter: undefined,
	rateLimit: 45,
	window: 'sliding',
	clock: () => Date.now(),
	errorBodies: 'empty',
	wwwAuthenticate: undefined,
	openSchemas: false,
	postActions: [],
	sameStep: 'records',
	applyAnswer: { status: 200, body: { _status: 'OK', _actions: [] } },
	applySameEmail: 'create',
	applyNeedsCv: false,
	applyNeedsCover: false,
	cvRedirect: 'other-host',
	// Inferred: the host is JobAffinity's own, and stores with presigned URLs refuse a second proof.
	cvNeedsLogin: true,
	storageRefusesAuthorization: true,
};
