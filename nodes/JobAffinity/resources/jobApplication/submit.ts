import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { tableProperties } from '../../../shared/actions/fieldTable';
import type { Operation } from '../../../shared/actions/operation';
import { sendRequest } from '../../../shared/http/request';
import { isObject } from '../../../shared/values/json';
import { limitOf } from '../../api/transport';
import { applyUrlOf, withoutToken } from './applyUrl';
import { applicationBody, table } from './body';
import { documentsOf } from './documents';
import { refusalOf } from './errors';

/** A response as an item: anything but an object is put under `answer`. */
const itemOf = (body: unknown): IDataObject =>
	isObject(body) ? body : { answer: (body === '' ? null : (body ?? null)) as IDataObject[string] };

/**
 * POST to the apply URL of a job, as a candidate does (documented, reference: submit a job
 * application). The URL is the only authentication: the node's credential is neither needed nor
 * sent. Unknown: the response, and what happens when somebody applies twice.
 */
export const submit: Operation = {
	value: 'submit',
	name: 'Submit',
	action: 'Submit job application',
	description: 'Apply for a job on behalf of a person; no login is needed',
	offline: true,
	fields: tableProperties(table),
	schema: z.object({ _status: z.string().nullish() }).passthrough(),
	async run(context, index) {
		const url = applyUrlOf(context, index);
		const fields = applicationBody(context, index);
		// Additional Fields (JSON) overrides the documents too.
		const body = { ...(await documentsOf(context, index, fields)), ...fields };
		const response = await sendRequest(
			context,
			null,
			{ method: 'POST', url: url.href, body },
			limitOf(context, url),
		);
		const refusal = refusalOf(
			context.getNode(),
			{ ...response, body: withoutToken(response.body, url) },
			{ method: 'POST' },
		);
		if (refusal) throw refusal;
		return itemOf(response.body);
	},
};
