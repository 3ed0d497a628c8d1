import type { Resource } from '../../shared/actions/operation';
import { get as getAccount } from './account/get';
import { getManySince } from './event/getManySince';
import { getSample } from './event/getSample';
import { create as createInvitation } from './invitation/create';
import { createMany as createManyInvitations } from './invitation/createMany';
import { getPending as getPendingInvitations } from './invitation/getPending';
import { update as updateInvitation } from './invitation/update';
import { reads } from './reads';
import { getCompletionReport } from './testTaker/getCompletionReport';
import { getJobFitReport } from './testTaker/getJobFitReport';
import { getScorecard } from './testTaker/getScorecard';
import { getStatus } from './webhook/getStatus';
import { received } from './webhook/received';

/** All of JOFI's API v2, its webhook, and sample events. */
export const resources: readonly Resource[] = [
	{
		value: 'testTaker',
		name: 'Test Taker',
		operations: [...reads.testTaker, getCompletionReport, getScorecard, getJobFitReport],
	},
	{
		value: 'invitation',
		name: 'Invitation',
		operations: [
			createInvitation,
			createManyInvitations,
			...reads.invitation,
			getPendingInvitations,
			updateInvitation,
		],
	},
	{
		value: 'careerNavigationProfile',
		name: 'Career Navigation Profile',
		operations: reads.careerNavigationProfile,
	},
	{ value: 'account', name: 'Account', operations: [getAccount] },
	{ value: 'assessment', name: 'Assessment', operations: reads.assessment },
	{ value: 'emailTemplate', name: 'Email Template', operations: reads.emailTemplate },
	{ value: 'event', name: 'Event', operations: [getSample, getManySince] },
	{ value: 'scoreProfile', name: 'Score Profile', operations: reads.scoreProfile },
	{ value: 'team', name: 'Team', operations: reads.team },
	{ value: 'user', name: 'User', operations: reads.user },
	{ value: 'webhook', name: 'Webhook', operations: [getStatus, ...received] },
];
