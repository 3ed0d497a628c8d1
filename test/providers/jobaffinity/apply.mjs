import { parsed } from '../shared/body.mjs';
import { invalid, ok, refusal } from './answers.mjs';

/** @typedef {(value: unknown) => string | undefined} Check says what is wrong */

/** @param {number} most @returns {Check} */
const text = (most) => (value) => {
	if (typeof value !== 'string') return 'Must be a string';
	return value.length > most ? `Must have ${most} characters at most` : undefined;
};

/** @param {Check} check @param {RegExp} pattern @returns {Check} */
const like = (check, pattern) => (value) =>
	check(value) ?? (pattern.test(String(value)) ? undefined : 'Not a valid value');

/** @type {Check} */
const file = (value) => {
	const fields = ['name', 'mime_type', 'content'];
	const object =
		typeof value === 'object' && value !== null
			? /** @type {Record<string, unknown>} */ (value)
			: {};
	if (fields.some((field) => typeof object[field] !== 'string'))
		return `Must have ${fields.join(', ')}`;
	// The documented sample ends with a line break.
	return /^[A-Za-z0-9+/\s]*=*\s*$/.test(String(object.content))
		? undefined
		: 'The content is not Base64';
};

/**
 * The documented rules (apply). That the cover letter is `cover` is inferred. Unknown: more fields,
 * which are ignored; whether an older version may name a newer field, here it may.
 *
 * @type {Record<string, { required?: true, check: Check }>}
 */
const FIELDS = {
	version: { required: true, check: like(text(10), /^1(\.\d+)?$/) },
	first_name: { required: true, check: like(text(50), /\S/) },
	last_name: { required: true, check: like(text(50), /\S/) },
	email: { required: true, check: like(text(100), /^[^\s@]+@[^\s@]+$/) },
	country: { required: true, check: like(text(2), /^[A-Za-z]{2}$/) },
	title: { check: like(text(10), /^(UNKNOWN|MR|MS|MRS|MISS)$/) },
	url_linkedin: { check: like(text(255), /^https?:\/\/\S+$/) },
	office_phone: { check: text(30) },
	mobile_phone: { check: text(30) },
	home_phone: { check: text(30) },
	address: { check: text(150) },
	zip_code: { check: text(15) },
	town: { check: text(30) },
	availability: { check: like(text(10), /^(now|15d|1m|2m|3m|>3m|ope|na|date)$/) },
	availability_date: { check: like(text(10), /^\d{4}-\d\d-\d\d$/) },
	cv: { check: file },
	cover: { check: file },
};

/** @param {Record<string, any>} body @param {import('./settings.mjs').Settings} settings */
function wrongFields(body, { applyNeedsCv, applyNeedsCover, clock }) {
	/** @type {Record<string, boolean>} */
	const needed = { cv: applyNeedsCv, cover: applyNeedsCover };
	/** @type {import('./answers.mjs').Wrong} */
	const wrong = {};
	for (const [name, { required = needed[name], check }] of Object.entries(FIELDS)) {
		const sentence =
			body[name] === undefined ? required && 'This field is required' : check(body[name]);
		if (sentence) wrong[name] = sentence;
	}
	const isDated = body.availability === 'date';
	const isFuture = Date.parse(body.availability_date) > clock();
	// A future date goes with `date` (documented); that it goes with nothing else is inferred.
	if (isDated !== (body.availability_date !== undefined) || (isDated && !isFuture))
		wrong.availability_date ??= 'Must be in the future';
	return wrong;
}

/**
 * A candidate's title is MR or MS (documented, cand-get); what becomes of the others is unknown.
 *
 * @param {string} [title]
 */
const titleOf = (title = 'UNKNOWN') => ({ MR: 'MR', UNKNOWN: '' })[title] ?? 'MS';

/** @param {Record<string, any>} body */
const candidateOf = (body) => ({
	title: titleOf(body.title),
	...{
		first_name: body.first_name,
		last_name: body.last_name,
		email: body.email,
		linkedin: body.url_linkedin ?? '',
	},
	...{
		office_phone: body.office_phone ?? '',
		mobile_phone: body.mobile_phone ?? '',
		home_phone: body.home_phone ?? '',
	},
	location: {
		...{ address: body.address ?? '', postalcode: body.zip_code ?? '', town: body.town ?? '' },
		country: String(body.country).toUpperCase(),
	},
});

/**
 * POST to the apply URL (documented, apply). Unknown: what its answers are, an option where all is
 * right and INVALID where it is not, and an unknown token, here 404.
 *
 * @param {import('./routes.mjs').Call} call
 */
export function apply({ world, id, body }) {
	const { account, settings } = world;
	const job = account.jobs.find(({ applyToken }) => applyToken === id);
	if (!job) return refusal(settings, 404);
	const fields = /** @type {Record<string, any>} */ (parsed(body));
	const wrong = wrongFields(fields, settings);
	if (Object.keys(wrong).length > 0) return invalid(wrong);
	const known = account.candidates.find(
		({ email }) => settings.applySameEmail === 'reuse' && email === fields.email,
	);
	const candidateId = (known ?? account.addCandidate(candidateOf(fields))).id;
	const file = fields.cv && { ...fields.cv, content: Buffer.from(fields.cv.content, 'base64') };
	account.apply({ candidateId, jobId: job.id, cv: file ?? null });
	return ok(settings.applyAnswer.status, /** @type {object} */ (settings.applyAnswer.body));
}

/**
 * HEAD tests the apply URL without submitting (documented, apply).
 *
 * @param {import('./routes.mjs').Call} call
 */
export function testApply({ world: { account, settings }, id }) {
	return account.jobs.some(({ applyToken }) => applyToken === id)
		? ok(200, {})
		: refusal(settings, 404);
}
