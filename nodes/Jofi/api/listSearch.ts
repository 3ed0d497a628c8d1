import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { resourceLocators, nameAndEmail } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { list } from './transport';

const displayName = (record: IDataObject) => textAt(record, 'display_name') ?? textAt(record, 'id') ?? '';

/** JOFI's lists cannot be searched or paged: what they show is all there is to choose from. */
const from = (path: string) => async (context: ILoadOptionsFunctions) => (await list(context, path)).records;

/** Of lists that grow; the API has no paging (documented, api/errors-and-status-codes and others). */
const NEWEST_ONLY = 'JOFI lists its newest records only. An older one can be given by its ID.';

/** Everything that can be chosen; the key is the parameter's name. */
export const { locator, listSearch } = resourceLocators({
	assessment: {
		label: 'Assessment',
		records: from('/assessments'),
		description: 'An assessment of the catalogue',
		placeholder: 'e.g. 6',
		title: displayName,
	},
	careerNavigationProfile: {
		label: 'Career Navigation Profile',
		records: from('/career-navigation-profiles'),
		description: 'The career navigation profile; the list shows the newest',
		listHint: NEWEST_ONLY,
		placeholder: 'e.g. CNP0000012345',
		title: nameAndEmail,
	},
	emailTemplate: {
		label: 'Email Template',
		records: from('/email-templates'),
		description: 'Takes the place of the invitation template that the inviter has as default',
		placeholder: 'e.g. 7001',
		// The others are for the end of the assessments, and not to be chosen (documented, api/invitations).
		offers: ({ type }) => type !== 'congrats',
		title: displayName,
	},
	invitation: {
		label: 'Invitation',
		records: from('/invitations'),
		description: 'The invitation; the list shows the newest',
		listHint: NEWEST_ONLY,
		placeholder: 'e.g. 31001',
		title: nameAndEmail,
	},
	inviter: {
		label: 'Inviter',
		records: from('/users'),
		description: 'The JOFI user who invites; what is not set here comes from their settings at JOFI',
		placeholder: 'e.g. recruiter@example.com',
		field: 'email',
		identifiedBy: 'Email',
		title: nameAndEmail,
	},
	scoreProfile: {
		label: 'Score Profile',
		records: from('/score-profiles'),
		description: 'What the scores are compared with',
		placeholder: 'e.g. JOFI-295-AS',
		field: 'short_name',
		identifiedBy: 'Short Name',
		title: (record) => `${displayName(record)} (${textAt(record, 'short_name') ?? ''})`,
	},
	team: {
		label: 'Team',
		records: from('/teams'),
		description: "Takes the place of the inviter's default team",
		placeholder: 'e.g. 55',
		title: displayName,
	},
	testTaker: {
		label: 'Test Taker',
		records: from('/test-takers'),
		description: 'The test taker; the list shows the newest',
		listHint: NEWEST_ONLY,
		placeholder: 'e.g. 42001',
		title: nameAndEmail,
	},
});
