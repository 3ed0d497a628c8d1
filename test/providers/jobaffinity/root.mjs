import { ok } from './answers.mjs';

/**
 * Documented, discovery: other entry points may exist. `_expiration` and `_last_version_url` are
 * there to be watched (documented, versioning).
 *
 * @param {import('./routes.mjs').Call} call
 */
export function root({ world: { links, settings } }) {
	return ok(200, {
		_status: 'OK',
		...links.self(''),
		_version: '1.10',
		_last_version_url: settings.lastVersionUrl ?? links.to(''),
		_expiration: settings.expiration,
		_changelog: { _self: links.any('/restapi/changelog') },
		candidates: { ...links.self('/candidate'), description: 'The visible candidates' },
		jobs: { ...links.self('/job'), description: 'The visible jobs' },
	});
}

/**
 * Made up: only that there is a link to it is documented (discovery).
 *
 * @param {import('./routes.mjs').Call} call
 */
export function changelog({ world: { links } }) {
	return ok(200, {
		_status: 'OK',
		_self: links.any('/restapi/changelog'),
		items: [{ version: '1.10', date: '2026-01-12', changes: ['A made-up change'] }],
	});
}
