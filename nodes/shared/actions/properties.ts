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
 * What hides the node's credential: the resources whose operations all work without it, and the
 * operations that do so wherever they are.
 */
export function offlineDisplay(resources: readonly Resource[]): ICredentialsDisplayOptions {
	const isOffline = ({ offline }: Operation): boolean => offline === true;
	const online = resources.flatMap(({ operations }) =>
		operations.filter((each) => !isOffline(each)),
	);
	const operations = resources
		.flatMap((resource) => resource.operations.filter(isOffline))
		.map(({ value }) => value)
		.filter((value) => online.every((each) => each.value !== value));
	return {
		hide: {
			resource: resources
				.filter((resource) => resource.operations.every(isOffline))
				.map(({ value }) => value),
			operation: [...new Set(operations)],
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
