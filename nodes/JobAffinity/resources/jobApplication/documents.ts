import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterError } from '../../../shared/actions/parameters';
import { asText } from '../../../shared/values/text';

/** A document that goes with an application. */
interface Document {
	label: string;
	/** The feed's field that says whether the job requires it. */
	requiredIn: string;
	field: INodeProperties;
	required: INodeProperties;
	/** JobAffinity's key for it. */
	keyOf(additional: IDataObject): string;
}

const requiredField = (label: string, name: string, requiredIn: string): INodeProperties => ({
	displayName: `${label} Required`,
	name,
	type: 'boolean',
	default: false,
	description: `Whether the job requires one, as ${requiredIn} in your job feed says. Without it, nothing is sent.`,
});

export const cvField: INodeProperties = {
	displayName: 'CV Field',
	name: 'cvField',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	description:
		'Name of the binary field of the input item that holds the CV. Leave empty to send none.',
};

const cv: Document = {
	label: 'CV',
	requiredIn: 'cv_required',
	field: cvField,
	required: requiredField('CV', 'cvRequired', 'cv_required'),
	keyOf: () => 'cv',
};

/**
 * That a cover letter is a document is documented; that its key is `cover` is inferred from
 * `cover_required`.
 */
const coverKey: INodeProperties = {
	displayName: 'Cover Letter Key',
	name: 'coverKey',
	type: 'string',
	default: 'cover',
	description:
		"JobAffinity's key for the cover letter. It is presumed to be cover; change it if JobAffinity does not accept it.",
};

const cover: Document = {
	label: 'cover letter',
	requiredIn: 'cover_required',
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

/** The parameters for documents, except the CV's own. */
export const documentFields = [cv.required, cover.field, cover.required, coverKey];

/**
 * A file of the input as the documented object, its content in Base64. Which types and sizes
 * JobAffinity takes is unknown.
 */
async function fileOf(
	context: IExecuteFunctions,
	index: number,
	field: string,
	name: string,
): Promise<IDataObject> {
	const { fileName = name, mimeType } = context.helpers.assertBinaryData(index, field);
	const content = await context.helpers.getBinaryDataBuffer(index, field);
	return { name: fileName, mime_type: mimeType, content: content.toString('base64') };
}

/** A feed may give it as text. */
const isYes = (value: unknown): boolean => /^(true|1|yes)$/i.test(String(value ?? '').trim());

/**
 * The documents of an application by their keys.
 *
 * @param fields what is sent beside them
 * @throws NodeOperationError when the job requires one that is neither among the files nor among
 * the fields
 */
export async function documentsOf(
	context: IExecuteFunctions,
	index: number,
	fields: IDataObject,
): Promise<IDataObject> {
	const given: IDataObject = {
		...(context.getNodeParameter('additionalFields', index, {}) as IDataObject),
		cvField: context.getNodeParameter('cvField', index, '') as string,
	};
	const documents: IDataObject = {};
	for (const { field, required, label, requiredIn, keyOf } of [cv, cover]) {
		const key = keyOf(given);
		const name = asText(given[field.name])?.trim() ?? '';
		if (name !== '') documents[key] = await fileOf(context, index, name, key);
		else if (isYes(given[required.name]) && !fields[key]) {
			throw parameterError(context, index)(
				`${field.displayName} is empty`,
				`The job requires a ${label}, as ${requiredIn} of its feed says. Name the binary field that holds it. Nothing was sent.`,
			);
		}
	}
	return documents;
}
