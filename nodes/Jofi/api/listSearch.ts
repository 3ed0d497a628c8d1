import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { resourceLocators, nameAndEmail } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { list } from './transport';

const displayName = (record: IDataObject) =>
	textAt(record, 'display_name') ?? textAt(record, 'id') ?? '';

/** JOFI's lists have no search and no pages, so they are read whole. */
const recordsOf = (path: string) => async (context: ILoadOptionsFunctions) =>
	(await list(context, path)).records;

/**
 * For lists that grow, as the API has no paging (documented, api/errors-and-status-codes and
 * others).
 */
const NEWEST_ONLY = 'JOFI lists only its newest records. Select older ones by ID.';

/** The records that a parameter can select, by the parameter's name. */
export const { locator, listSearch, choices } = resourceLocators({
	assessment: {
		label: 'Assessment',
		records: recordsOf('/assessments'),
		description: 'An assessment from the catalog',
		placeholder: 'e.g. 6',
		title: displayName,
	},
	careerNavigationProfile: {
		label: 'Career Navigation Profile',
		records: recordsOf('/career-navigation-profiles'),
		description: 'The career navigation profile; the list shows only the newest',
		listHint: NEWEST_ONLY,
		placeholder: 'e.g. CNP0000012345',
		title: nameAndEmail,
	},
	emailTemplate: {
		label: 'Email Template',
		records: recordsOf('/email-templates'),
		description: "Replaces the inviter's default invitation template",
		placeholder: 'e.g. 7001',
		// The others are sent after the assessments and cannot be selected (documented,
		// api/invitations).
		offers: ({ type }) => type !== 'congrats',
		title: displayName,
	},
	invitation: {
		label: 'Invitation',
		records: recordsOf('/invitations'),
		description: 'The invitation; the list shows only the newest',
		listHint: NEWEST_ONLY,
		placeholder: 'e.g. 31001',
		title: nameAndEmail,
	},
	inviter: {
		label: 'Inviter',
		records: recordsOf('/users'),
		description: 'The JOFI user who invites; their settings in JOFI supply what is not set here',
		placeholder: 'e.g. recruiter@example.com',
		field: 'email',
		identifiedBy: 'Email',
		title: nameAndEmail,
	},
	scoreProfile: {
		label: 'Score Profile',
		records: recordsOf('/score-profiles'),
		description: 'The score profile to compare the scores with',
		placeholder: 'e.g. JOFI-295-AS',
		field: 'short_name',
		identifiedBy: 'Short Name',
		title: (record) => `${displayName(record)} (${textAt(record, 'short_name') ?? ''})`,
	},
	team: {
		label: 'Team',
		records: recordsOf('/teams'),
		description: "Replaces the inviter's default team",
		placeholder: 'e.g. 55',
		title: displayName,
	},
	testTaker: {
		label: 'Test Taker',
		records: recordsOf('/test-takers'),
		description: 'The test taker; the list shows only the newest',
		listHint: NEWEST_ONLY,
		placeholder: 'e.g. 42001',
		title: nameAndEmail,
	},
});

/** The lists that filters choose from, by the filter's name. */
export const loadOptions = { assessments: choices('assessment'), teams: choices('team') };
