import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { RecordOutput, Simplified } from '../../shared/actions/record';
import * as schemas from '../api/responseSchemas';
import { normalizeStepChange, stepOf } from '../api/stepChanges';
import { hasFailed } from '../api/webhookCalls';

/** Underscored keys are links and other metadata (documented, guide on responses). */
const record = (
	schema: z.AnyZodObject,
	simplified: Simplified,
	derived?: RecordOutput['derived'],
): RecordOutput => ({ schema, simplified, derived, technical: /^_/ });

/** Names of both editions of the reference are kept; a record has those of one. */
const keep = (...names: readonly string[]): Simplified => ({ keep: names });

/** What the two editions of a step change have under different names. */
const stepChangeShape = {
	changeId: z.number().nullable(),
	stepId: z.number().nullable(),
	stepName: z.string().nullable(),
	stepStatus: z.string().nullable(),
	applicationLink: z.string().nullable(),
};

const stepChangeFields = (change: IDataObject): IDataObject => {
	const { changeId, stepName, stepStatus, applicationLink } = normalizeStepChange(change);
	return { changeId, stepId: stepOf(change).id, stepName, stepStatus, applicationLink };
};

/** What the reads of each kind of record put out. */
export const records = {
	application: record(
		schemas.application,
		keep('candidate', 'job', 'step', 'date', 'route', 'source', 'latest_cv_url', 'id'),
	),
	candidate: record(
		schemas.candidate,
		keep(
			...['first_name', 'last_name', 'email', 'mobile_phone', 'mobile', 'home_phone', 'phone'],
			...['position', 'position_company', 'location', 'address', 'pools', 'linkedin', 'id'],
		),
	),
	job: record(
		schemas.job,
		keep(
			...['title', 'status', 'reference', 'client', 'organisation', 'location', 'address'],
			...['contract_type', 'owner', 'creation_date', 'process', 'id'],
		),
	),
	/** What a note contains is not documented. */
	note: record(schemas.note, { first: [], leaveOut: [] }),
	process: record(schemas.process, keep('name', 'steps', 'organisations', 'id')),
	profile: record(
		schemas.profile,
		keep(
			...['identity', 'employments', 'educations', 'languages', 'skills', 'hobbies'],
			...['cv_url', 'avatar_url'],
		),
	),
	stepChange: record(
		schemas.stepChange,
		keep(
			...['stepName', 'stepStatus', 'date', 'user', 'application'],
			...['changeId', 'stepId', 'applicationLink'],
		),
		{ shape: stepChangeShape, of: stepChangeFields },
	),
	webhookCall: record(
		schemas.webhookCall,
		keep('event', 'failed', 'response_status', 'datetime', 'response_body', 'application'),
		{ shape: { failed: z.boolean() }, of: (call) => ({ failed: hasFailed(call) }) },
	),
} satisfies Record<string, RecordOutput>;
