import { createRouter } from '../shared/router.mjs';
import { apply, testApply } from './apply.mjs';
import { ok, refusal } from './answers.mjs';
import { cv, profile } from './cv.mjs';
import { listAnswer } from './list.mjs';
import { LISTS } from './lists.mjs';
import { addNote, moveStep } from './post.mjs';
import { changelog, root } from './root.mjs';
import { schema } from './schemas.mjs';
import { processOf } from './shapes/common.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds} Kinds */
/** @typedef {import('../shared/answers.mjs').Answer} Answer */

/**
 * @typedef {object} Call
 * @property {World} world
 * @property {string} id of the path
 * @property {string} path with its query
 * @property {string} pathname
 * @property {URLSearchParams} query
 * @property {string} body
 */

/** @typedef {(call: Call) => Answer} Handler */

/** @param {keyof typeof LISTS} name @returns {Handler} */
const list = (name) => (call) => listAnswer(call, /** @type {any} */ (LISTS[name]));

/**
 * A record by its id: 404 when there is none, 403 when the user may not see it (documented,
 * responses).
 *
 * @template {'job' | 'candidate' | 'application' | 'process'} Kind
 * @param {Kind} kind
 * @param {(call: Call, record: Kinds[Kind]) => Answer} found
 * @returns {Handler}
 */
const one = (kind, found) => (call) => {
	const { account, settings } = call.world;
	const record = account.find(kind, call.id);
	if (!record) return refusal(settings, 404);
	return account.forbidden.has(record.id) ? refusal(settings, 403) : found(call, record);
};

/**
 * Only there when the user can do something (documented, responses); which objects have any is
 * unknown.
 *
 * @param {World} world
 * @param {string} path
 * @param {string} doc
 */
const action = ({ links }, path, doc) => ({
	_actions: [{ ...links.self(path), doc, method: 'POST' }],
});

/**
 * Every route that is documented, but for the two CV paths, which are unknown. That the apply URL
 * is outside of the API as well is inferred.
 *
 * @type {import('../shared/router.mjs').Routes<Handler>}
 */
const ROUTES = {
	'/restapi/v1/?': { GET: root },
	'/restapi/v1/job': { GET: list('job') },
	'/restapi/v1/job/:id': {
		GET: one('job', ({ world }, record) => ok(200, world.shapes.job(world, record))),
	},
	'/restapi/v1/job/:id/application': {
		GET: one('job', (call, { id }) =>
			listAnswer(call, LISTS.application, ({ jobId }) => jobId === id),
		),
	},
	'/restapi/v1/candidate': { GET: list('candidate') },
	'/restapi/v1/candidate/:id': {
		GET: one('candidate', ({ world }, record) =>
			ok(200, {
				...world.shapes.candidate(world, record),
				...action(world, '/note', 'Add a note'),
			}),
		),
	},
	'/restapi/v1/candidate/:id/application': {
		GET: one('candidate', (call, { id }) =>
			listAnswer(call, LISTS.application, ({ candidateId }) => candidateId === id),
		),
	},
	'/restapi/v1/application/:id': {
		GET: one('application', ({ world }, record) =>
			ok(200, {
				...world.shapes.application(world, record),
				...action(world, '/step', 'Move to a step'),
			}),
		),
	},
	'/restapi/v1/application/:id/profile': {
		GET: one('application', ({ world }, record) => profile(world, record)),
	},
	'/restapi/v1/application/:id/cv': {
		GET: one('application', ({ world }, record) => cv(world, record)),
	},
	'/restapi/v1/process/:id': {
		GET: one('process', ({ world }, record) => ok(200, processOf(world, record))),
	},
	'/restapi/v1/step': { GET: list('stepChange'), POST: moveStep },
	'/restapi/v1/note': { GET: list('note'), POST: addNote },
	'/restapi/v1/webhook/task': { GET: list('webhookTask') },
	'/restapi/changelog': { GET: changelog },
	'/restapi/schemav1/:id': { GET: schema },
	'/restapi/v1/apply/api/:id': { POST: apply, HEAD: testApply },
	'/apply/api/:id': { POST: apply, HEAD: testApply },
	// Presigned URLs, where no other host holds the files.
	'/storage/.+': { GET: ({ world, path }) => world.storage.file(path) },
};

export const routeOf = createRouter(ROUTES);

/**
 * Whether a path needs Basic auth: all do (documented, home) but the apply URL (documented, apply)
 * and presigned ones.
 *
 * @param {string} pathname
 * @param {import('./settings.mjs').Settings} settings
 */
export function needsLogin(pathname, { openSchemas, cvNeedsLogin }) {
	if (/^(\/restapi\/v1)?\/apply\/api\/|^\/storage\//.test(pathname)) return false;
	if (pathname.startsWith('/restapi/schemav1/')) return !openSchemas;
	return /^\/restapi\/v1\/application\/\d+\/cv$/.test(pathname) ? cvNeedsLogin : true;
}
