import pick from 'lodash/pick.js';

/** @typedef {import('./account.mjs').Account} Account */

/**
 * How many of the newest records a list shows: 50 profiles (documented,
 * api/career-navigation-profiles), 30 test takers (documented, docs/test-takers, an older edition);
 * for invitations unknown. No other list has a known cap.
 *
 * @typedef {Partial<Record<ListName, number>>} Caps
 */
export const CAPS = { invitations: 30, testTakers: 30, careerNavigationProfiles: 50 };

/** @typedef {keyof typeof lists} ListName */
/** @typedef {'thin' | 'full'} InvitationListItem */

const person = ['first_name', 'last_name', 'email'];
const defaults = [
	'default_team_id',
	'default_assessment_ids',
	'default_email_template_id',
	'default_congrats_email_template_id',
];
const thinInvitation = ['id', ...person, 'custom_id', 'person_id', 'assessment_url'];
const invitation = {
	thin: thinInvitation,
	full: [
		...thinInvitation,
		'accepted_at',
		'test_taker_id',
		'career_navigation_profile_id',
		'created_at',
		'team',
		'account',
	],
};
const urls = [
	'assessment_url',
	'career_navigation_url',
	'scorecard_url',
	'job_fit_summary_url',
	'career_options_spotlight_url',
];
const shared = [
	'id',
	...person,
	'invitation_created_at',
	'invitation_id',
	'custom_id',
	'person_id',
];

/** @param {string} name of the resource @param {object[]} records @param {string[]} keys */
const itemsOf = (name, records, keys) =>
	records.map((record) => ({ object: `${name}_list_item`, ...pick(record, keys) }));

/** @template T @param {T[]} records */
const newestFirst = (records) => [...records].reverse();

/**
 * Items of the lists, which are thinner than the objects (documented, comparing docs/test-takers
 * with api/events). Documented: teams, email templates, score profiles, test takers, career
 * navigation profiles. Unknown: the items of users, assessments and invitations.
 */
const lists = {
	/** @param {Account} account */
	users: ({ users }) => itemsOf('user', users, ['id', ...person, ...defaults]),
	/** @param {Account} account */
	teams: ({ users, teams, invitations, testTakers }) =>
		teams.map(({ id, display_name }) => ({
			...{ object: 'team_list_item', id, display_name },
			users_count: users.filter(({ team_ids }) => team_ids.includes(id)).length,
			invitations_count: invitations.filter(({ team }) => team.id === id).length,
			test_takers_count: testTakers.filter(({ team }) => team.id === id).length,
		})),
	/** @param {Account} account */
	assessments: ({ assessments }) =>
		itemsOf('assessment', assessments, ['id', 'short_name', 'display_name']),
	/** @param {Account} account */
	emailTemplates: ({ emailTemplates }) =>
		itemsOf('email_template', emailTemplates, ['id', 'display_name', 'type', 'team_ids']),
	/** @param {Account} account */
	scoreProfiles: ({ scoreProfiles }) =>
		itemsOf('score_profile', scoreProfiles, ['id', 'short_name', 'display_name']),
	/** @param {Account} account @param {InvitationListItem} item */
	invitations: ({ invitations }, item) =>
		itemsOf('invitation', newestFirst(invitations), invitation[item]),
	/** @param {Account} account */
	testTakers: ({ testTakers }) =>
		itemsOf('test_taker', newestFirst(testTakers), [
			...shared,
			'career_navigation_profile_id',
			...urls,
			'team',
			'account',
		]),
	/** @param {Account} account */
	careerNavigationProfiles: ({ careerNavigationProfiles }) => {
		const keys = [...shared, 'test_taker_id', ...urls, 'team', 'account'];
		return itemsOf('career_navigation_profile', newestFirst(careerNavigationProfiles), keys);
	},
};

/**
 * A list as JOFI answers it (documented, api/teams and others): there are no pages, and `has_more`
 * only says that something is missing. Newest first is documented for test takers and profiles, and
 * inferred for invitations; the order of the other lists is unknown.
 *
 * @param {ListName} name
 * @param {Account} account
 * @param {{ caps: Caps, invitationListItem: InvitationListItem }} settings
 */
export function listOf(name, account, { caps, invitationListItem }) {
	const all = lists[name](account, invitationListItem);
	const data = all.slice(0, caps[name] ?? all.length);
	return { object: 'list', total_count: all.length, has_more: data.length < all.length, data };
}
