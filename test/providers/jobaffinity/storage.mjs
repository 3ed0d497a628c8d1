import { createHmac, randomBytes } from 'node:crypto';
import { plain } from '../shared/answers.mjs';
import { splitPath } from '../shared/router.mjs';
import { serve } from '../shared/serve.mjs';

/** @typedef {Awaited<ReturnType<typeof startStorage>>} Storage */
/** @typedef {import('../shared/answers.mjs').Answer} Answer */
/**
 * @typedef {import('../shared/serve.mjs').Logged & { headers: import('node:http').IncomingHttpHeaders }} StorageRequest
 */

/** Presigned URLs live for about an hour (documented, profile). */
const LIFETIME_MS = 3_600_000;

const avatar = { name: 'avatar.png', mime_type: 'image/png', content: Buffer.from('made up') };

/**
 * The store of files, on a host of its own. That there is one, and all it answers, is inferred from
 * the word presigned (documented, profile).
 *
 * @param {import('./account.mjs').Account} account
 * @param {import('./settings.mjs').Settings} settings
 */
export async function startStorage(account, { clock, storageRefusesAuthorization }) {
	const secret = randomBytes(16);
	/** @param {string} text */
	const sign = (text) => createHmac('sha256', secret).update(text).digest('hex');

	/** @param {string} path @returns {Answer} */
	function file(path) {
		const { pathname, query } = splitPath(path);
		const [, kind, id] = /^\/storage\/(cv|avatar)\/(\d+)$/.exec(pathname) ?? [];
		const expires = query.get('expires') ?? '';
		const signed =
			sign(`${pathname} ${expires}`) === query.get('signature') && Number(expires) > clock();
		if (!signed) return plain(403, 'Request has expired, or its signature does not match');
		const found = kind === 'cv' ? account.find('application', id)?.cv : avatar;
		if (!found) return plain(404, 'No such key');
		// The name of the file is said in no documented place; a store's usual header stands in.
		const headers = { 'content-disposition': `attachment; filename="${found.name}"` };
		return { status: 200, type: found.mime_type, text: found.content, headers };
	}

	/** @type {Awaited<ReturnType<typeof serve<StorageRequest>>>} */
	const server = await serve({
		entryOf: ({ method, url, headers }) => ({ method, path: url, status: 0, headers }),
		answerTo: ({ path, headers }) =>
			storageRefusesAuthorization && headers.authorization !== undefined
				? plain(400, 'Only one way of authentication is allowed')
				: file(path),
	});

	return {
		...server,
		file,
		/** A path that works for an hour. @param {'cv' | 'avatar'} kind @param {number} id */
		presign(kind, id) {
			const [path, expires] = [`/storage/${kind}/${id}`, String(clock() + LIFETIME_MS)];
			return `${path}?expires=${expires}&signature=${sign(`${path} ${expires}`)}`;
		},
	};
}
