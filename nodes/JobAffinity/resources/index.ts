import type { Resource } from '../../shared/actions/operation';
import { get as getVersion } from './apiVersion/get';
import { downloadCv } from './application/downloadCv';
import { list as applications } from './application/list';
import { getByEmail } from './candidate/getByEmail';
import { list as candidates } from './candidate/list';
import { getManySince } from './event/getManySince';
import { getSample } from './event/getSample';
import { list as jobs } from './job/list';
import { submit } from './jobApplication/submit';
import { testAddress } from './jobApplication/testAddress';
import { create as createNote } from './note/create';
import { list as notes } from './note/list';
import { get, getProfile } from './reads';
import { create as createStepChange } from './stepChange/create';
import { list as stepChanges } from './stepChange/list';
import { getStatus } from './webhook/getStatus';
import { received } from './webhook/received';
import { list as webhookCalls } from './webhookCall/list';

/** JobAffinity's API, job applications, the state of its webhooks, and sample events. */
export const resources: readonly Resource[] = [
	{
		value: 'application',
		name: 'Application',
		operations: [get.application, ...applications, getProfile, downloadCv],
	},
	{ value: 'candidate', name: 'Candidate', operations: [get.candidate, ...candidates, getByEmail] },
	{ value: 'job', name: 'Job', operations: [get.job, ...jobs] },
	{ value: 'process', name: 'Process', operations: [get.process] },
	{ value: 'stepChange', name: 'Step Change', operations: [...stepChanges, createStepChange] },
	{ value: 'note', name: 'Note', operations: [...notes, createNote] },
	{ value: 'webhookCall', name: 'Delivery History', operations: [...webhookCalls] },
	{ value: 'webhook', name: 'Webhook', operations: [getStatus, ...received] },
	{ value: 'apiVersion', name: 'Version', operations: [getVersion] },
	{ value: 'jobApplication', name: 'Apply URL', operations: [submit, testAddress] },
	{ value: 'event', name: 'Event', operations: [getSample, getManySince] },
];
