import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const project: INodeProperties = {
	displayName: 'Project ID',
	name: 'projectId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 100000001',
	description: 'The project, which Regpack calls group_id; leave it empty to use that of the credential',
};

/** The project of an item, for `call`. */
export const projectIn = (context: IExecuteFunctions, index: number): unknown =>
	context.getNodeParameter(project.name, index, '');

export const jsonFields: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFieldsJson',
	type: 'json',
	default: '{}',
	description:
		'A JSON object of fields that this node has no parameter for, with the names that Regpack uses. They win over the others.',
};

/** A collection of what need not be set, sorted as the editor wants it. */
export const additionalFields = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/** What the collection holds. */
export const additionalIn = (context: IExecuteFunctions, index: number): IDataObject =>
	context.getNodeParameter('additionalFields', index, {}) as IDataObject;

/** A parameter of plain text. */
export const text = (
	displayName: string,
	name: string,
	description: string,
	changes: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...changes });
