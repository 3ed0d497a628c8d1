import type { Resource } from '../../shared/actions/operation';
import { get as getAccount } from './account/get';
import { getAll as getAssessments } from './assessment/getAll';
import { get as getProfile } from './careerNavigationProfile/get';
import { getAll as getProfiles } from './careerNavigationProfile/getAll';
import { getAll as getEmailTemplates } from './emailTemplate/getAll';
import { getSample } from './event/getSample';
import { create as createInvitation } from './invitation/create';
import { get as getInvitation } from './invitation/get';
import { getAll as getInvitations } from './invitation/getAll';
import { update as updateInvitation } from './invitation/update';
import { getAll as getScoreProfiles } from './scoreProfile/getAll';
import { getAll as getTeams } from './team/getAll';
import { get as getTestTaker } from './testTaker/get';
import { getAll as getTestTakers } from './testTaker/getAll';
import { getJobFitReport } from './testTaker/getJobFitReport';
import { getScorecard } from './testTaker/getScorecard';
import { getAll as getUsers } from './user/getAll';
import { getStatus } from './webhook/getStatus';

/** Everything that JOFI's API v2 offers, and what can be said about its webhooks and events. */
export const resources: readonly Resource[] = [
	{
		value: 'testTaker',
		name: 'Test Taker',
		operations: [getTestTaker, getTestTakers, getScorecard, getJobFitReport],
	},
	{
		value: 'invitation',
		name: 'Invitation',
		operations: [createInvitation, getInvitation, getInvitations, updateInvitation],
	},
	{
		value: 'careerNavigationProfile',
		name: 'Career Navigation Profile',
		operations: [getProfile, getProfiles],
	},
	{ value: 'account', name: 'Account', operations: [getAccount] },
	{ value: 'assessment', name: 'Assessment', operations: [getAssessments] },
	{ value: 'emailTemplate', name: 'Email Template', operations: [getEmailTemplates] },
	{ value: 'event', name: 'Event', operations: [getSample] },
	{ value: 'scoreProfile', name: 'Score Profile', operations: [getScoreProfiles] },
	{ value: 'team', name: 'Team', operations: [getTeams] },
	{ value: 'user', name: 'User', operations: [getUsers] },
	{ value: 'webhook', name: 'Webhook', operations: [getStatus] },
];
