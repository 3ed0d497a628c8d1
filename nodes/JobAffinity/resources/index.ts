import type { Resource } from '../../shared/actions/operation';
import { get as getVersion } from './apiVersion/get';
import { downloadCv } from './application/downloadCv';
import { getAll as getApplications } from './application/getAll';
import { getAll as getCandidates } from './candidate/getAll';
import { getSample } from './event/getSample';
import { submit } from './jobApplication/submit';
import { testAddress } from './jobApplication/testAddress';
import { create as createNote } from './note/create';
import { getAll as getNotes } from './note/getAll';
import { get, getJobs, getProfile } from './reads';
import { create as createStepChange } from './stepChange/create';
import { getAll as getStepChanges } from './stepChange/getAll';
import { getStatus } from './webhook/getStatus';
import { received } from './webhook/received';
import { getAll as getWebhookCalls } from './webhookCall/getAll';

/** JobAffinity's API, job applications, the state of its webhooks, and sample events. */
export const resources: readonly Resource[] = [
	{
		value: 'application',
		name: 'Application',
		operations: [get.application, getApplications, getProfile, downloadCv],
	},
	{ value: 'candidate', name: 'Candidate', operations: [get.candidate, getCandidates] },
	{ value: 'job', name: 'Job', operations: [get.job, getJobs] },
	{ value: 'process', name: 'Process', operations: [get.process] },
	{ value: 'stepChange', name: 'Step Change', operations: [getStepChanges, createStepChange] },
	{ value: 'note', name: 'Note', operations: [getNotes, createNote] },
	{ value: 'webhookCall', name: 'Webhook Call', operations: [getWebhookCalls] },
	{ value: 'webhook', name: 'Webhook', operations: [getStatus, ...received] },
	{ value: 'apiVersion', name: 'API Version', operations: [getVersion] },
	{ value: 'jobApplication', name: 'Job Application', operations: [submit, testAddress] },
	{ value: 'event', name: 'Event', operations: [getSample] },
];
