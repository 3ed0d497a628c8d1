import type {
	ICredentialsDisplayOptions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Operation, Resource } from './operation';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

const optionOf = ({ name, value, action, description }: Operation) => ({
	name,
	value,
	action,
	description,
});

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

/** The options sorted as n8n's lint requires, with the first given as the default. */
const sortedOptions = (options: INodePropertyOptions[]) => ({
	default: options[0].value,
	options: [...options].sort(byName),
});

/** Parameters of an action node: Resource, Operation, and the fields of each operation. */
export function operationProperties(resources: readonly Resource[]): INodeProperties[] {
	return [
		{
			...resourceProperty,
			...sortedOptions(resources.map(({ name, value }) => ({ name, value }))),
		},
		...resources.map(
			({ value, operations }): INodeProperties => ({
				...operationProperty,
				...sortedOptions(operations.map(optionOf)),
				displayOptions: { show: { resource: [value] } },
			}),
		),
		...resources.flatMap(({ value, operations }) =>
			operations.flatMap((operation) =>
				operation.fields.map((field) => shownFor(field, value, operation.value)),
			),
		),
	];
}

/** The field, shown only for its resource and operation. */
function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const { show, hide } = field.displayOptions ?? {};
	return {
		...field,
		displayOptions: {
			show: { resource: [resource], operation: [operation], ...show },
			...(hide && { hide }),
		},
	};
}

/**
 * Where the node's credential is hidden: at resources whose operations all work without it, and at
 * such operations of other resources, or with such values of their fields.
 */
export function offlineDisplay(resources: readonly Resource[]): ICredentialsDisplayOptions {
	const isOffline = ({ operations }: Resource) => operations.every(({ offline }) => offline);
	const rest = resources.filter((each) => !isOffline(each)).flatMap(({ operations }) => operations);
	// The name of an operation hides it at every resource.
	const online = new Set(rest.filter(({ offline }) => !offline).map(({ value }) => value));
	const operation = rest.map(({ value }) => value).filter((value) => !online.has(value));
	return {
		hide: {
			resource: resources.filter(isOffline).map(({ value }) => value),
			...(operation.length > 0 && { operation }),
			...Object.assign({}, ...rest.map(({ offlineWith }) => offlineWith)),
		},
	};
}

/** Shows the credential of webhooks for the operations that need it. */
export const webhookCredentialDisplay: ICredentialsDisplayOptions = {
	show: { resource: ['webhook'], operation: ['explainDelivery', 'sendTestEvent'] },
};

/**
 * What the canvas shows of an action node: operation and resource by their labels. An expression,
 * because n8n's editor evaluates one for it.
 */
export function operationSubtitle(resources: readonly Resource[]): string {
	const labels = Object.fromEntries(
		resources.flatMap(({ value, name, operations }) =>
			operations.map((operation) => [`${value}.${operation.value}`, `${operation.name}: ${name}`]),
		),
	);
	return `={{ (${JSON.stringify(labels)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
}
