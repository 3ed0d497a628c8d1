import type { Resource } from '../../shared/actions/operation';
import { get as getVersion } from './apiVersion/get';
import { downloadCv } from './application/downloadCv';
import { getAll as getApplications } from './application/getAll';
import { getAll as getCandidates } from './candidate/getAll';
import { getByEmail } from './candidate/getByEmail';
import { getSample } from './event/getSample';
import { getAll as getJobs } from './job/getAll';
import { submit } from './jobApplication/submit';
import { testAddress } from './jobApplication/testAddress';
import { create as createNote } from './note/create';
import { getAll as getNotes } from './note/getAll';
import { get, getProfile } from './reads';
import { create as createStepChange } from './stepChange/create';
import { getAll as getStepChanges } from './stepChange/getAll';
import { getHealth } from './webhook/getHealth';
import { getAll as getWebhookCalls } from './webhookCall/getAll';

/** JobAffinity's API, job applications, the health of its webhooks, and sample events. */
export const resources: readonly Resource[] = [
	{
		value: 'application',
		name: 'Application',
		operations: [get.application, getApplications, getProfile, downloadCv],
	},
	{ value: 'candidate', name: 'Candidate', operations: [get.candidate, getCandidates, getByEmail] },
	{ value: 'job', name: 'Job', operations: [get.job, getJobs] },
	{ value: 'process', name: 'Process', operations: [get.process] },
	{ value: 'stepChange', name: 'Step Change', operations: [getStepChanges, createStepChange] },
	{ value: 'note', name: 'Note', operations: [getNotes, createNote] },
	{ value: 'webhookCall', name: 'Webhook Call', operations: [getWebhookCalls] },
	{ value: 'webhook', name: 'Webhook Health', operations: [getHealth] },
	{ value: 'apiVersion', name: 'Version', operations: [getVersion] },
	{ value: 'jobApplication', name: 'Apply URL', operations: [submit, testAddress] },
	{ value: 'event', name: 'Event', operations: [getSample] },
];
