import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ParameterErrorFactory } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';

/** A document that goes with an application. */
interface Document {
	/** What the feed calls that it is needed. */
	neededAs: string;
	label: string;
	field: INodeProperties;
	required: INodeProperties;
	/** JobAffinity's key of it. */
	keyOf(additional: IDataObject): string;
}

const requiredField = (label: string, name: string, neededAs: string): INodeProperties => ({
	displayName: `${label} Required`,
	name,
	type: 'boolean',
	default: false,
	description: `Whether the job needs one, as ${neededAs} in your feed of jobs says; without one, nothing is sent then`,
});

export const cvField: INodeProperties = {
	displayName: 'CV Field',
	name: 'cvField',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	description: 'Name of the binary field of the input item that holds the CV; leave it empty to send none',
};

const cv: Document = {
	neededAs: 'cv_required',
	label: 'CV',
	field: cvField,
	required: requiredField('CV', 'cvRequired', 'cv_required'),
	keyOf: () => 'cv',
};

/** That a cover letter is a document is documented; that its key is `cover` is inferred from `cover_required`. */
const coverKey: INodeProperties = {
	displayName: 'Cover Letter Key',
	name: 'coverKey',
	type: 'string',
	default: 'cover',
	description: "JobAffinity's name of the cover letter. It is presumed to be cover: change it if JobAffinity does not take it.",
};

const cover: Document = {
	neededAs: 'cover_required',
	label: 'Cover Letter',
	field: {
		displayName: 'Cover Letter Field',
		name: 'coverField',
		type: 'string',
		default: '',
		placeholder: 'e.g. letter',
		description: 'Name of the binary field of the input item that holds the cover letter',
	},
	required: requiredField('Cover Letter', 'coverRequired', 'cover_required'),
	keyOf: ({ coverKey: key }) => asText(key)?.trim() || 'cover',
};

/** The parameters for documents, but for that of the CV. */
export const documentFields = [cv.required, cover.field, cover.required, coverKey];

/** A file of the input as the documented object, its content in Base64. Which types and sizes are taken is unknown. */
async function fileOf(context: IExecuteFunctions, index: number, field: string, name: string): Promise<IDataObject> {
	const { fileName = name, mimeType } = context.helpers.assertBinaryData(index, field);
	const content = await context.helpers.getBinaryDataBuffer(index, field);
	return { name: fileName, mime_type: mimeType, content: content.toString('base64') };
}

/** A feed may say it as text. */
const isYes = (value: unknown): boolean => /^(true|1|yes)$/i.test(String(value ?? '').trim());

/**
 * The documents of an application by their keys.
 *
 * @param given values of the parameters by their names
 * @param fields what is sent beside them
 * @throws NodeOperationError when one is needed and is neither among the files nor among the fields
 */
export async function documentsOf(
	context: IExecuteFunctions,
	index: number,
	given: IDataObject,
	fields: IDataObject,
	refuse: ParameterErrorFactory,
): Promise<IDataObject> {
	const documents: IDataObject = {};
	for (const { field, required, label, neededAs, keyOf } of [cv, cover]) {
		const key = keyOf(given);
		const name = asText(given[field.name])?.trim() ?? '';
		if (name !== '') documents[key] = await fileOf(context, index, name, key);
		else if (isYes(given[required.name]) && !fields[key]) {
			throw refuse(
				`${field.displayName} is empty`,
				`The job needs a ${label === 'CV' ? label : label.toLowerCase()}, as ${neededAs} of its feed says. Name the binary field that holds it. Nothing was sent.`,
			);
		}
	}
	return documents;
}
