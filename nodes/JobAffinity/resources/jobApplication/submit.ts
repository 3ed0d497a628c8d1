import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../api/define';
import { send } from '../../../api/send';
import { refuseIn } from '../../../api/values';
import { limitOf } from '../../transport';
import { applyUrlOf, withoutToken } from './applyUrl';
import { applicationBody } from './body';
import { FIELDS, furtherFields } from './fields';
import { refusalOf } from './refusals';

const applyUrl: INodeProperties = {
	displayName: 'Apply URL',
	name: 'applyUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://jobaffinity.fr/apply/api/0a1b2c3d',
	description: 'The apply_url of the job in your feed of jobs, as it is there',
};

const cvField: INodeProperties = {
	displayName: 'CV Field',
	name: 'cvField',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	description: 'Name of the binary field of the input item that holds the CV; leave it empty to send none',
};

const needed = FIELDS.filter(({ required }) => required).map(({ property }) => ({ ...property, required: true }));
const optional = [...FIELDS.filter(({ required }) => !required).map(({ property }) => property), furtherFields];

/** The CV as the documented object, its content in Base64. Which types and sizes are taken is unknown. */
async function cvOf(context: IExecuteFunctions, index: number): Promise<IDataObject> {
	const field = (context.getNodeParameter('cvField', index, '') as string).trim();
	if (field === '') return {};
	const { fileName = 'cv', mimeType } = context.helpers.assertBinaryData(index, field);
	const content = await context.helpers.getBinaryDataBuffer(index, field);
	return { cv: { name: fileName, mime_type: mimeType, content: content.toString('base64') } };
}

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
		const refuse = refuseIn(context, index);
		const url = applyUrlOf(context.getNodeParameter('applyUrl', index, ''), refuse);
		const given = Object.fromEntries(needed.map(({ name }) => [name, context.getNodeParameter(name, index, '')]));
		const additional = context.getNodeParameter('additionalFields', index, {}) as IDataObject;
		const fields = applicationBody({ ...additional, ...given }, refuse);
		// What is given under Further Fields wins, as it does over the others.
		const body = { ...(await cvOf(context, index)), ...fields };
		const answer = await send(context, null, { method: 'POST', url: url.href, body }, limitOf(context, url));
		const told = { ...answer, body: withoutToken(answer.body, url) };
		const refusal = refusalOf(context.getNode(), told, { method: 'POST' });
		if (refusal) throw refusal;
		return itemOf(answer.body);
	},
};
