import type { Resource } from '../../shared/actions/operation';
import { get as getVersion } from './apiVersion/get';
import { downloadCv } from './application/downloadCv';
import { get as getApplication } from './application/get';
import { getAll as getApplications } from './application/getAll';
import { getProfile } from './application/getProfile';
import { get as getCandidate } from './candidate/get';
import { getAll as getCandidates } from './candidate/getAll';
import { getSample } from './event/getSample';
import { get as getJob } from './job/get';
import { getAll as getJobs } from './job/getAll';
import { submit } from './jobApplication/submit';
import { testAddress } from './jobApplication/testAddress';
import { create as createNote } from './note/create';
import { getAll as getNotes } from './note/getAll';
import { get as getProcess } from './process/get';
import { create as createStepChange } from './stepChange/create';
import { getAll as getStepChanges } from './stepChange/getAll';
import { getHealth } from './webhook/getHealth';
import { getAll as getWebhookCalls } from './webhookCall/getAll';

/** What JobAffinity's API offers, and what can be said about its webhooks and events. */
export const resources: readonly Resource[] = [
	{ value: 'application', name: 'Application', operations: [getApplication, getApplications, getProfile, downloadCv] },
	{ value: 'candidate', name: 'Candidate', operations: [getCandidate, getCandidates] },
	{ value: 'job', name: 'Job', operations: [getJob, getJobs] },
	{ value: 'process', name: 'Process', operations: [getProcess] },
	{ value: 'stepChange', name: 'Step Change', operations: [getStepChanges, createStepChange] },
	{ value: 'note', name: 'Note', operations: [getNotes, createNote] },
	{ value: 'webhookCall', name: 'Webhook Call', operations: [getWebhookCalls] },
	{ value: 'webhook', name: 'Webhook', operations: [getHealth] },
	{ value: 'apiVersion', name: 'API Version', operations: [getVersion] },
	{ value: 'jobApplication', name: 'Job Application', operations: [submit, testAddress] },
	{ value: 'event', name: 'Event', operations: [getSample] },
];
