import { dateOf } from './dates.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds} Kinds */

/**
 * A query parameter. Given several times, all of them count, which is documented for pool_name only
 * (cand-list).
 *
 * @template Record_
 * @typedef {object} Filter
 * @property {(text: string) => string | undefined} [wrong] says what is wrong with a value
 * @property {(world: World, record: Record_, text: string) => boolean} matches
 */

/** @template Record_ @typedef {Record<string, Filter<Record_>>} Filters */

/** @param {string} one @param {string} other */
const same = (one, other) => one.toLowerCase() === other.toLowerCase();

/** @param {string} text */
const notAnEmail = (text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? undefined : 'Not a valid email');

/** @param {string} text */
const notADate = (text) =>
	/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)) ? undefined : 'Not a valid date';

/**
 * Matches the primary or the secondary one (documented, cand-list).
 *
 * @param {Kinds['candidate']} candidate
 * @param {string} text
 */
const hasEmail = ({ email, email_secondary }, text) =>
	same(email, text) || same(email_secondary, text);

/**
 * Whether a name must be equal is unknown.
 *
 * @param {'first_name' | 'last_name'} field
 * @returns {Filter<Kinds['candidate']>}
 */
const named = (field) => ({
	matches: ({ settings }, candidate, text) =>
		settings.nameMatch === 'equal'
			? same(candidate[field], text)
			: candidate[field].toLowerCase().includes(text.toLowerCase()),
});

/** Documented, cand-list. @type {Filters<Kinds['candidate']>} */
export const candidateFilters = {
	first_name: named('first_name'),
	last_name: named('last_name'),
	email: {
		wrong: notAnEmail,
		matches: ({ settings: { emailSearch } }, candidate, text) =>
			emailSearch === 'ignored' ||
			(emailSearch === 'exact'
				? [candidate.email, candidate.email_secondary].includes(text)
				: hasEmail(candidate, text)),
	},
	pool_name: { matches: (_, { pools }, text) => pools.includes(text) },
};

/**
 * @param {(step: string, text: string) => boolean} compares days
 * @returns {Filter<Kinds['application']>}
 */
const lastStep = (compares) => ({
	wrong: notADate,
	matches: ({ settings }, { step }, text) =>
		compares(dateOf(step.at, settings.timeZone), text.slice(0, 10)),
});

/**
 * On or after, and up to (documented, app-list). That the day itself counts for both, and in which
 * zone, is unknown.
 *
 * @type {Filters<Kinds['application']>}
 */
export const applicationFilters = {
	last_step_since: lastStep((step, text) => step >= text),
	last_step_until: lastStep((step, text) => step <= text),
};

/** @param {World} world @param {Kinds['stepChange']} change */
const applicationOf = ({ account }, { applicationId }) => account.get('application', applicationId);

/**
 * Documented, step-list. That candidate_email matches the secondary one, too, and that case of the
 * others counts, is unknown.
 *
 * @type {Filters<Kinds['stepChange']>}
 */
export const stepFilters = {
	candidate_email: {
		wrong: notAnEmail,
		matches: (world, change, text) =>
			hasEmail(world.account.get('candidate', applicationOf(world, change).candidateId), text),
	},
	job_reference: {
		matches: (world, change, text) =>
			world.account.get('job', applicationOf(world, change).jobId).reference === text,
	},
	step_status: {
		wrong: (text) =>
			['START', 'CURRENT', 'END'].includes(text) ? undefined : 'Not a valid choice',
		matches: (_, { step }, text) => step.status === text,
	},
	step_name: { matches: (_, { step }, text) => step.name === text },
};

/**
 * Only what this simulator's own links use; whether there are any is unknown.
 *
 * @type {Filters<Kinds['note']>}
 */
export const noteFilters = {
	candidate_id: { matches: (_, { candidateId }, text) => String(candidateId) === text },
};
