import type { IDataObject } from 'n8n-workflow';

import { application, texts, type Blocks, type BlockSchemas } from '../../shared/events/contract';
import { fullName } from '../../shared/events/title';
import type { Payload } from '../../shared/events/types';
import { textAt, textsIn } from '../../shared/values/text';
import { applicationIdOf } from '../api/stepChanges';
import { personOf } from './person';

/** The blocks of JobAffinity's items. It documents no address that a person could open. */
export const blocks: BlockSchemas = { application, links: texts() };

/** The documented statuses of a step. END is a hire as well as a rejection. */
const STAGE_STATUSES = new Map<string | null, 'started' | 'inProgress' | 'ended'>([
	['START', 'started'],
	['CURRENT', 'inProgress'],
	['END', 'ended'],
]);

/** An item without details has what its payload says. */
const detailsOf = ({
	details,
	detailsError,
	missing,
	application: record,
	change,
	jobRecord,
}: IDataObject) =>
	details === undefined
		? null
		: {
				status: details,
				error: detailsError ?? null,
				missing: textsIn(missing),
				application: record,
				change,
				...(jobRecord !== undefined && { job: jobRecord }),
			};

/**
 * What is known of an event: by the details in `extra`, which are the API's or the delivery's. Whether
 * an application ended with a hire is documented nowhere, so it has no outcome.
 */
export function blocksOf(payload: Payload, extra: IDataObject = {}): Blocks {
	const record = (extra.application ?? {}) as IDataObject;
	/** The job's own record, if it was fetched, says more than the application. */
	const ofJob = (name: string) =>
		textAt(extra, `jobRecord.${name}`) ?? textAt(record, `job.${name}`);
	const user = (name: string) => textAt(extra, `changedBy.${name}`);
	const status = textAt(extra, 'step.status');
	return {
		person: personOf(record),
		owner: {
			name: fullName(ofJob('owner.first_name'), ofJob('owner.last_name')),
			email: ofJob('owner.email'),
		},
		application: {
			id: textAt(extra, 'applicationId') ?? applicationIdOf(payload),
			job: textAt(extra, 'job.title'),
			jobId: textAt(extra, 'job.id'),
			jobReference: ofJob('reference'),
			stage: textAt(extra, 'step.name'),
			previousStage: textAt(extra, 'previousStep.name'),
			stageStatus: STAGE_STATUSES.get(status) ?? null,
			originalStatus: status,
			source: textAt(record, 'source.name'),
			changedBy: fullName(user('first_name'), user('last_name')),
			changedByEmail: user('email'),
			cvUrl: textAt(record, 'latest_cv_url'),
		},
		details: detailsOf(extra),
	};
}
