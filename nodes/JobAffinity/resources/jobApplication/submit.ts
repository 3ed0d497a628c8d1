import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { sendRequest } from '../../../shared/http/request';
import { parameterError } from '../../../shared/actions/parameters';
import { limitOf } from '../../api/transport';
import { applyUrl, applyUrlOf, withoutToken } from './applyUrl';
import { applicationBody } from './body';
import { cvField, documentFields, documentsOf } from './documents';
import { FIELDS, additionalFields } from './fields';
import { refusalOf } from './errors';

const needed = FIELDS.filter(({ required }) => required).map(({ property }) => ({ ...property, required: true }));
const optional = [...FIELDS.filter(({ required }) => !required).map(({ property }) => property), ...documentFields, additionalFields];

/** An answer as an item: what is no object is put under `answer`. */
const itemOf = (body: unknown): IDataObject =>
	typeof body === 'object' && body !== null && !Array.isArray(body)
		? (body as IDataObject)
		: { answer: (body === '' ? null : (body ?? null)) as IDataObject[string] };

/**
 * POST to the apply URL of a job, as a candidate does (documented, reference: submit a job application). The
 * URL is all the proof there is: the node's credential is neither needed nor sent. Unknown: what is
 * answered, and what becomes of somebody who has applied before.
 */
export const submit: Operation = {
	value: 'submit',
	name: 'Submit',
	action: 'Submit job application',
	description: 'Apply for a job on behalf of a person; no login is needed',
	offline: true,
	fields: [
		applyUrl,
		...needed,
		cvField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: optional.sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	],
	schema: z.object({ _status: z.string().nullish() }).passthrough(),
	async run(context, index) {
		const refuse = parameterError(context, index);
		const url = applyUrlOf(context.getNodeParameter('applyUrl', index, ''), refuse);
		const given = Object.fromEntries(needed.map(({ name }) => [name, context.getNodeParameter(name, index, '')]));
		const additional = context.getNodeParameter('additionalFields', index, {}) as IDataObject;
		const fields = applicationBody({ ...additional, ...given }, DateTime.now().setZone(context.getTimezone()), refuse);
		const files = { ...additional, cvField: context.getNodeParameter('cvField', index, '') as string };
		// What is given under Additional Fields (JSON) wins, as it does over the others.
		const body = { ...(await documentsOf(context, index, files, fields, refuse)), ...fields };
		const answer = await sendRequest(context, null, { method: 'POST', url: url.href, body }, limitOf(context, url));
		const told = { ...answer, body: withoutToken(answer.body, url) };
		const refusal = refusalOf(context.getNode(), told, { method: 'POST' });
		if (refusal) throw refusal;
		return itemOf(answer.body);
	},
};
