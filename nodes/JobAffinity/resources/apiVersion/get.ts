import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { textAt } from '../../../shared/values/text';
import { apiPath, call } from '../../api/transport';

const text = z.string().nullable();

/** The path of a link; links are relative in all samples, but absolute ones cannot be ruled out. */
const pathOf = (link: string): string =>
	URL.canParse(link, 'https://jobaffinity.fr')
		? new URL(link, 'https://jobaffinity.fr').pathname.replace(/\/+$/, '')
		: link;

function summaryOf(version: string | null, expiration: unknown, hasNewer: boolean): string {
	const name =
		version === null
			? "this version of JobAffinity's API"
			: `version ${version} of JobAffinity's API`;
	if (expiration !== null) {
		return `JobAffinity ends ${name} (${String(expiration)}): look for a newer version of this package before that.`;
	}
	return hasNewer
		? `There is a newer version than ${name}: look for a newer version of this package. It has no end date yet.`
		: `Nothing to do: ${name} has no end date, and there is no newer one.`;
}

/**
 * GET of the root (documented, guide on versioning): a `_last_version_url` other than `_self` means
 * that there is a newer version, an `_expiration` that this one ends. The format of the date is
 * unknown.
 */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get API version',
	description: "Find out whether JobAffinity's API has a newer version, or an end date",
	fields: [],
	schema: z.object({
		version: text,
		expires: z.boolean(),
		expiration: text,
		newerVersion: z.boolean(),
		lastVersionLink: text,
		changelogLink: text,
		summary: z.string(),
	}),
	async run(context) {
		const root = await call(context, { link: apiPath`` });
		const version = textAt(root, '_version');
		const expiration = (root._expiration || null) as IDataObject[string];
		const lastVersionLink = textAt(root, '_last_version_url');
		const self = textAt(root, '_self') ?? apiPath``;
		const newerVersion = lastVersionLink !== null && pathOf(lastVersionLink) !== pathOf(self);
		return {
			version,
			expires: expiration !== null,
			expiration,
			newerVersion,
			lastVersionLink,
			changelogLink: textAt(root, '_changelog._self'),
			summary: summaryOf(version, expiration, newerVersion),
		};
	},
};
