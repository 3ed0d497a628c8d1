/**
 * Where each field of an item comes from, by provider, and how certain that is: the tables of
 * docs/items.md. That they name all fields, and tell the truth about the samples, is a test.
 */
import { polledJobAffinity } from '#dist/nodes/JobAffinity/polling/definitions.js';
import { innovativeEducators } from '#dist/nodes/InnovativeEducators/provider.js';
import { jobaffinity } from '#dist/nodes/JobAffinity/provider.js';
import { jofi } from '#dist/nodes/Jofi/provider.js';
import { regpack } from '#dist/nodes/Regpack/provider.js';
import { polledRegpack } from '#dist/nodes/Regpack/polling/definitions.js';

/** @typedef {import('../../nodes/shared/events/types.js').ProviderInfo} ProviderInfo */

/**
 * The providers, with all events that their items may be of.
 *
 * @type {Record<string, ProviderInfo[]>}
 */
export const SOURCES = {
	jofi: [jofi],
	jobaffinity: [jobaffinity, polledJobAffinity],
	regpack: [regpack, polledRegpack],
	'innovative-educators': [innovativeEducators],
};

/** No event of the provider has it. */
const NEVER = 'never there';
/** @param {string} from */
const documented = (from) => `${from}, documented`;
/** @param {string} from */
const inferred = (from) => `${from}, inferred`;
/** What Fetch User Details adds, from where it is looked for first. @param {string} from */
const fetched = (from) => `${from}; else with **Fetch User Details**`;
/** For which the documents of a provider name a place that no sample fills. @param {string} from */
const possible = (from) => `${from}; empty in the sample`;

const MISSED = possible('`false` by webhook; `true` if a delivery is overdue');

/** Derived from others, the same for all providers. @param {string} text */
const same = (text) => Object.fromEntries(Object.keys(SOURCES).map((name) => [name, text]));

/** @param {string[]} cells in the order of SOURCES */
const each = (...cells) =>
	Object.fromEntries(Object.keys(SOURCES).map((name, index) => [name, cells[index]]));

const ROOT = '`data.object`';

/**
 * The fields that all items have.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const COMMON = {
	title: same('written by the package'),
	'person.name': each(
		...['first and last name', 'first and last name'],
		fetched(inferred('`meta_info.u_name`, or first and last name')),
		'first and last name',
	),
	'person.firstName': each(
		documented(`${ROOT}: \`first_name\``),
		documented('candidate: `first_name`'),
		fetched(inferred('`doc.first_name`, if the form has it')),
		documented('`userDetail.firstName`'),
	),
	'person.lastName': each(
		documented(`${ROOT}: \`last_name\``),
		documented('candidate: `last_name`'),
		fetched(inferred('`doc.last_name`, if the form has it')),
		documented('`userDetail.lastName`'),
	),
	'person.email': each(
		documented(`${ROOT}: \`email\``),
		documented('candidate: `email`'),
		fetched(inferred('`doc.main_email`, if the form has it, or a `username` that is an address')),
		documented('`user`'),
	),
	'person.phone': each(
		...[NEVER, NEVER],
		possible('with **Fetch User Details**, the **Phone Field**'),
		NEVER,
	),
	'person.id': each(
		documented(`${ROOT}: \`id\` or \`test_taker_id\``),
		documented('candidate: `id`'),
		inferred('`user_info.clogin_id`'),
		documented('`userDetail.id`'),
	),
	'person.externalId': each(
		documented(`${ROOT}: \`person_id\``),
		NEVER,
		possible('with **Fetch User Details**, the **External ID Field**'),
		documented('`userDetail.externalCustomerId`'),
	),
	'owner.name': each(
		documented(`${ROOT}: \`invited_by_user\`, of test takers; of others on request`),
		possible(documented('job: first and last name of `owner`, with **Fetch Job Details**')),
		...[NEVER, NEVER],
	),
	'owner.email': each(
		documented(`${ROOT}: \`invited_by_user.email\`, of test takers; of others on request`),
		possible(documented('job: `owner.email`, with **Fetch Job Details**')),
		...[NEVER, NEVER],
	),
	occurredOn: each('`occurredAt`', '`occurredAt`', NEVER, '`occurredAt`'),
	occurredAt: each(
		documented('`created_at`'),
		documented('`date` of the change, a day; `datetime` of a call, without a zone'),
		NEVER,
		documented('`timestamp`'),
	),
	receivedAt: same("n8n's clock"),
	source: same('the way in'),
	missedByWebhook: each(
		...[MISSED, MISSED],
		possible('`false` by webhook; polling finds other events'),
		MISSED,
	),
	provider: same('the package'),
	event: each(
		documented('`type`'),
		documented('`event`'),
		'**Trigger On**',
		documented('`event`; without one, a test notification'),
	),
	eventKey: each(
		inferred('the object that the event is about'),
		inferred('application and change'),
		'digest of the content; by polling, user and change',
		inferred('`id` and `timestamp`'),
	),
	deliveryId: each(documented('`id`, by webhook'), ...[NEVER, NEVER], documented('`id`')),
};

/**
 * The fields of the blocks, by provider.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const OWN = {
	jofi: {
		'assessment.id': documented('`assessment.id` of the completed assignment'),
		'assessment.name': documented('`assessment.display_name` of the completed assignment'),
		'assessment.shortName': documented('`assessment.short_name` of the completed assignment'),
		'assessment.status': inferred('`completed`, of the assignment that was completed'),
		'assessment.completedAt': documented(
			'`completed_at` of the completed assignment, or of the last',
		),
		'assessment.completed': inferred('those of `total` that were completed by then'),
		'assessment.total': inferred(
			'`assigned_assessments`, counted without those that are not used for scoring',
		),
		'assessment.allCompleted': inferred('whether both counts are the same'),
		'assessment.customId': documented('`custom_id`'),
		'assessment.team': documented('`team.display_name`'),
		'assessment.items': documented('`assigned_assessments`; the status of each is inferred'),
		'links.assessment': documented('`assessment_url`'),
		'links.scorecard': documented('`scorecard_url`'),
		'links.careerNavigation': documented('`career_navigation_url`'),
		'links.jobFitSummary': documented('`job_fit_summary_url`'),
		'links.careerOptionsSpotlight': documented('`career_options_spotlight_url`'),
	},
	jobaffinity: {
		'application.id': documented('`application.id`, or the ID in its link'),
		'application.job': documented('`job.title`'),
		'application.jobId': documented('`job.id`'),
		'application.jobReference': possible(
			documented('`job.reference`, with **Fetch Job Details**, or in the older form of the API'),
		),
		'application.stage': documented('`name` of the step'),
		'application.previousStage': inferred(
			'the change before, or the history; by polling with **Fetch Previous Step**',
		),
		'application.stageStatus': documented('`originalStatus`, in words of this package'),
		'application.originalStatus': documented('`START`, `CURRENT` or `END`'),
		'application.outcome': NEVER,
		'application.source': documented('`source.name`'),
		'application.changedBy': documented('`user` of the change'),
		'application.changedByEmail': documented('`user.email` of the change'),
		'application.cvUrl': possible(documented('`latest_cv_url`, which needs the API login')),
	},
	regpack: {
		'registration.form': '**Form ID** of the trigger',
		'registration.project': inferred('`user_info.group_id`'),
		'registration.status': inferred('`meta_info.status_name`'),
		'registration.statusId': inferred('`meta_info.status_id`; `0` is none'),
		'registration.previousStatus': 'what polling stored before',
		'registration.isChild': inferred('whether `connected_to` is another ID'),
		'registration.parentId': inferred('`user_info.connected_to` of a child'),
		'registration.formsCompleted': inferred('`meta_info.completed_forms`'),
		'registration.formsTotal': inferred('`meta_info.total_forms`'),
		'registration.order': inferred('`meta_info.total_order`'),
		'registration.paid': inferred('`meta_info.total_paid`'),
		'registration.balance': inferred('`meta_info.total_balance`'),
	},
	'innovative-educators': {
		'course.id': documented('`notifiableId`'),
		'course.title': documented('`title`'),
		'course.completedAt': documented('`timestamp`'),
		'course.isRepeat': possible('**Recognize Repeats**'),
		...Object.fromEntries(
			Array.from({ length: 10 }, (_, index) => `ref${index + 1}`).map((ref, index) => [
				`refs.${ref}`,
				index < 2
					? documented(`\`userDetail.${ref}\``)
					: possible(
							index < 3
								? documented(`\`userDetail.${ref}\``)
								: `\`userDetail.${ref}\`, which other users of the platform have received`,
						),
			]),
		),
	},
};

/** Whether no event may have a field. @param {string} cell */
export const isNever = (cell) => cell === NEVER;

/** Whether no sample has a field. @param {string} cell */
export const isEmpty = (cell) => isNever(cell) || cell.endsWith('; empty in the sample');

/** What the documents say of a field. @param {string} cell */
const shown = (cell) => cell.replace('; empty in the sample', '');

/** @param {string[][]} rows */
const table = (rows) => rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** A Markdown table of the fields that all items have. */
export function commonFieldTable() {
	const labels = Object.values(SOURCES).map(([{ label }]) => label);
	return table([
		['Field', ...labels],
		['---', ...labels.map(() => '---')],
		...Object.entries(COMMON).map(([field, cells]) => [
			code(field),
			...Object.keys(SOURCES).map((name) => shown(cells[name])),
		]),
	]);
}

/** A Markdown table of the fields of a provider's blocks. @param {string} name */
export const ownFieldTable = (name) =>
	table([
		['Field', 'From'],
		['---', '---'],
		...Object.entries(OWN[name]).map(([field, cell]) => [code(field), shown(cell)]),
	]);
