import { ok, refusal } from './answers.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds['application']} Application */

/** Where the files are. @param {World} world */
const storeOf = ({ settings, origin, storage }) =>
	settings.cvRedirect === 'same-host' ? origin() : storage.origin;

/**
 * A CV download redirects with 307 (documented, responses), "may" redirect (documented, app-get).
 * To where is unknown.
 *
 * @param {World} world
 * @param {Application} application
 */
export function cv(world, { id, cv: file }) {
	if (!file) return refusal(world.settings, 404);
	if (world.settings.cvRedirect === 'none') {
		const headers = { 'content-disposition': `attachment; filename="${file.name}"` };
		return { status: 200, type: file.mime_type, text: file.content, headers };
	}
	const location = storeOf(world) + world.storage.presign('cv', id);
	return { status: 307, type: 'application/json', text: '', headers: { location } };
}

/**
 * What JobAffinity reads from a CV (documented, profile; the people and all values are made up).
 * Dates of start and end and the scale of levels are unknown. That cv_url is empty without a CV is
 * inferred; for avatar_url it is documented.
 *
 * @param {World} world
 * @param {Application} application
 */
export function profile(world, { id, candidateId, cv: file }) {
	const { account, links, storage } = world;
	const { first_name, last_name, email, mobile_phone, location, hasAvatar } = account.get(
		'candidate',
		candidateId,
	);
	const { address, postalcode, town, country } = location;
	const period = {
		start: '2019-09',
		end: '2024-06',
		readable_start: 'September 2019',
		readable_end: 'June 2024',
	};
	return ok(200, {
		_status: 'OK',
		_schema: links.any('/restapi/schemav1/profile'),
		identity: [
			{
				first_name,
				last_name,
				email,
				phone: mobile_phone,
				address,
				zip_code: postalcode,
				town,
				country,
			},
		],
		employments: [{ ...period, title: 'Buyer', employer: 'Acme', description: 'Bought things' }],
		educations: [
			{
				...period,
				title: 'Logistics',
				institution: 'School of Test',
				level: 5,
				level_text: 'Master',
				description: '',
			},
		],
		languages: [{ name: 'French', level: 5, level_name: 'Native' }],
		skills: [{ name: 'Negotiation', level: 3, level_name: 'Good' }],
		hobbies: [{ name: 'Chess' }],
		avatar_url: hasAvatar ? storeOf(world) + storage.presign('avatar', candidateId) : '',
		cv_url: file ? storeOf(world) + storage.presign('cv', id) : '',
	});
}
