import { z } from 'zod';

/**
 * Shapes of JobAffinity's API responses. Its reference exists in two generations with different
 * keys. Both are supported, every field may be absent, and unknown ones pass, as the vendor
 * requires (guide on versioning). Enums are text: their values may change without a new version
 * (documented).
 */
const text = z.string().nullish();
const whole = z.number().nullish();
const link = z.object({ _self: text }).passthrough().nullish();
const envelope = { _self: text, _schema: text, _status: text };
const labelled = z.object({ id: whole, name: text }).passthrough().nullish();
const user = z
	.object({ id: whole, first_name: text, last_name: text, email: text })
	.passthrough()
	.nullish();
const list = (item: z.ZodTypeAny) =>
	z
		.object({ items: z.array(item).nullish() })
		.passthrough()
		.nullish();
const place = z
	.object({
		address: text,
		postalcode: text,
		town: text,
		country: text,
		longitude: whole,
		latitude: whole,
	})
	.passthrough()
	.nullish();
const attributes = list(z.object({ name: text, api_name: text, value: text }).passthrough());

const pool = z.object({ id: whole, name: text, candidates: link }).passthrough();

/**
 * Documented (reference: get candidate by ID); `phone`, `mobile`, `address` and an array of `pools`
 * are the old generation's.
 */
export const candidate = z
	.object({
		...envelope,
		id: z.number(),
		title: text,
		first_name: text,
		last_name: text,
		email: text,
		email_secondary: text,
		birthdate: text,
		home_phone: text,
		mobile_phone: text,
		office_phone: text,
		phone: text,
		mobile: text,
		location: place,
		address: place,
		position: text,
		position_company: text,
		experience_start: text,
		linkedin: text,
		instagram: text,
		applications: link,
		notes: link,
		pools: z
			.union([z.object({ items: z.array(pool).nullish() }).passthrough(), z.array(pool)])
			.nullish(),
	})
	.passthrough();

/**
 * Documented (reference: get job by ID); an item of the list has at least `_self`, `id` and
 * `title`.
 */
export const job = z
	.object({
		...envelope,
		id: z.number(),
		title: text,
		status: text,
		reference: text,
		client: text,
		location: place,
		address: place,
		description: text,
		employer_description: text,
		position_description: text,
		profile_description: text,
		creation_date: text,
		owner: user,
		contract_type: z.object({ name: text, abbreviation: text }).passthrough().nullish(),
		term: z.object({ count: whole, unit: text }).passthrough().nullish(),
		organisation: labelled,
		attributes,
		process: z.object({ _self: text, id: whole }).passthrough().nullish(),
		applications: link,
		team: link,
	})
	.passthrough();

const step = z.object({ id: whole, name: text, status: text, date: text }).passthrough();

/** An application's candidate, job and source; the old generation has links only. */
const candidateSummary = z
	.object({ _self: text, id: whole, title: text, first_name: text, last_name: text, email: text })
	.passthrough()
	.nullish();
const jobSummary = z
	.object({ _self: text, id: whole, title: text, status: text })
	.passthrough()
	.nullish();
const source = z
	.object({ id: whole, name: text, posting_service: labelled })
	.passthrough()
	.nullish();

/** Documented (reference: get application by ID). */
export const application = z
	.object({
		...envelope,
		id: z.number(),
		date: text,
		route: text,
		latest_cv_url: text,
		candidate: candidateSummary,
		job: jobSummary,
		source,
		step: step.nullish(),
		steps: list(step.extend({ user }).passthrough()),
		notes: link,
	})
	.passthrough();

const period = {
	start: text,
	end: text,
	readable_start: text,
	readable_end: text,
	title: text,
	description: text,
};
const level = z.object({ name: text, level: whole, level_name: text }).passthrough();

/**
 * Documented (reference: get candidate profile for an application); both URLs expire after about an
 * hour.
 */
export const profile = z
	.object({
		_schema: text,
		_status: text,
		identity: z
			.array(
				z
					.object({
						first_name: text,
						last_name: text,
						email: text,
						phone: text,
						address: text,
						zip_code: text,
						town: text,
						country: text,
					})
					.passthrough(),
			)
			.nullish(),
		employments: z.array(z.object({ ...period, employer: text }).passthrough()).nullish(),
		educations: z
			.array(
				z.object({ ...period, institution: text, level: whole, level_text: text }).passthrough(),
			)
			.nullish(),
		languages: z.array(level).nullish(),
		skills: z.array(level).nullish(),
		hobbies: z.array(z.object({ name: text }).passthrough()).nullish(),
		avatar_url: text,
		cv_url: text,
	})
	.passthrough();

/** Documented (reference: get process by ID). */
export const process = z
	.object({
		...envelope,
		id: z.number(),
		name: text,
		organisations: list(z.object({ id: whole, name: text }).passthrough()),
		steps: list(step),
	})
	.passthrough();

/**
 * Documented (reference: list all process step changes), in both generations: the change's ID is
 * `change_id` or `id`, the step's name `name` or `step.name`.
 */
export const stepChange = z
	.object({
		...envelope,
		change_id: whole,
		id: whole,
		date: text,
		name: text,
		status: text,
		step: step.nullish(),
		user,
		application: z
			.object({
				_self: text,
				id: whole,
				route: text,
				date: text,
				candidate: candidateSummary,
				job: jobSummary,
				source,
				step: step.nullish(),
				latest_cv_url: text,
			})
			.passthrough()
			.nullish(),
	})
	.passthrough();

/** Only that there are lists of notes is documented (guide on pagination). */
export const note = z.object({ ...envelope, id: whole }).passthrough();

/**
 * Documented (guide on webhooks). `datetime` has no time zone; which one it is in is not
 * documented.
 */
export const webhookCall = z
	.object({
		event: text,
		datetime: text,
		response_status: whole,
		response_body: text,
		application: link,
	})
	.passthrough();

/** The response to a POST, which has neither the object nor its ID (documented). */
export const postResponse = z
	.object({
		_status: text,
		_actions: z.array(z.object({ _self: text, doc: text, method: text }).passthrough()).nullish(),
	})
	.passthrough();
