import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { locator } from '../api/listSearch';

/** Name of the parameter. */
export const FETCH = 'fetch';

/** The choices of Fetch From JOFI. */
export const INVITER = 'inviter';
export const SCORECARD = 'scorecard';
export const CURRENT_ASSESSMENTS = 'currentAssessments';

const choices: INodePropertyOptions[] = [
	{
		name: 'Current Assessments',
		value: CURRENT_ASSESSMENTS,
		description:
			'For All Assessments Completed: reads the test taker if a delivery still shows an open assessment, as two that are completed at once may. 1 request for each such delivery.',
	},
	{
		name: 'Inviter',
		value: INVITER,
		description:
			'Who invited, for events of invitations and profiles, which do not say. 1 request for each event.',
	},
	{
		name: 'Scorecard',
		value: SCORECARD,
		description:
			'For completed assessments: the scores, also as a text and as HTML for an email. 1 request for each test taker.',
	},
];

/** The values of the parameter with which a trigger reads from JOFI's API. */
export const FETCHES: readonly string[] = choices.map(({ value }) => String(value));

/**
 * Fetch From JOFI: what the second phase of a trigger reads from JOFI's API.
 *
 * @param without a choice that the trigger does not need
 */
export const fetchProperties = (without?: string): INodeProperties[] => [
	{
		displayName: 'Fetch From JOFI',
		name: FETCH,
		type: 'multiOptions',
		default: [],
		description:
			"What to read from JOFI's API for an event before it starts the workflow, with the JOFI API credential. If something cannot be read, the event comes all the same, and details.error says what is missing.",
		options: choices.filter(({ value }) => value !== without),
	},
	locator('scoreProfile', {
		required: true,
		displayOptions: { show: { [FETCH]: [SCORECARD] } },
	}),
];
