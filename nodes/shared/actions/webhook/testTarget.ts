import {
	NodeHelpers,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';
import mapValues from 'lodash/mapValues';

import { valueOf } from '../../events/workflowTriggers';
import { URL_VARIABLE } from '../../webhook/publicUrl';
import { ownTriggers } from './chosenTriggers';
import type { TriggerType } from './triggerType';

/** Where a test event goes. */
export interface TestTarget {
	url: string;
	method: 'GET' | 'POST';
	/** The types of the events that the URL can be for. */
	events: string[];
}

export const targetFields = ({ source }: TriggerType): INodeProperties[] => [
	{
		displayName: 'Trigger',
		name: 'triggerFrom',
		type: 'options',
		default: 'workflow',
		description: 'Which trigger to send the event to; its workflow must be published',
		options: [
			{ name: 'In This Workflow', value: 'workflow' },
			{ name: 'By Production URL', value: 'url', description: 'Of any workflow in this n8n' },
		],
	},
	{
		displayName: 'Trigger Name',
		name: 'triggerName',
		type: 'string',
		default: '',
		placeholder: `e.g. ${source.provider.label} Trigger`,
		description: `Leave it empty if this workflow has one ${source.provider.label} Trigger`,
		displayOptions: { show: { triggerFrom: ['workflow'] } },
	},
	{
		displayName: 'Production URL',
		name: 'productionUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/b8a1f7a8/…',
		description: `Copy it from Webhook URLs in the ${source.provider.label} Trigger. Only addresses of this n8n are called.`,
		displayOptions: { show: { triggerFrom: ['url'] } },
	},
];

/** n8n-core's contexts hold the webhooks' address, which their type does not show (read in 2.41.1). */
type WithAddress = { additionalData?: { webhookBaseUrl?: string } };

/** The sentences about a URL that is not called. */
const WRONG_URL = {
	none: 'There is no URL',
	unreadable: 'Production URL is not a URL',
	test: 'This is the Test URL of a trigger, which works in the editor only',
	foreign: "Production URL is not an address of this n8n's webhooks",
};

/** The events that a URL which ends in this path can be for; none at any other trigger's. */
function eventsAt({ source, url }: TriggerType, path: string): string[] {
	const types = source.provider.events.filter(({ kind }) => kind !== 'own').map(({ type }) => type);
	if (url.by === 'provider') return path === url.path ? types : [];
	return types.filter((type) =>
		type.endsWith('*') ? path.startsWith(type.slice(0, -1)) : path === type,
	);
}

/** Reads a parameter of the trigger that may be an expression. */
const evaluated = (context: IExecuteFunctions, { parameters }: INode): INodeParameters =>
	mapValues(parameters, (value) => valueOf(context, value)) as INodeParameters;

class TargetFinder {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly index: number,
		private readonly type: TriggerType,
	) {}

	private get label(): string {
		return `${this.type.source.provider.label} Trigger`;
	}

	private refuse(message: string, description: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, {
			itemIndex: this.index,
			description: `${description} Nothing was sent.`,
		});
	}

	private text(name: string): string {
		return String(this.context.getNodeParameter(name, this.index, '')).trim();
	}

	/** The address of this n8n's webhooks, which only the person who runs n8n can set. */
	private get base(): URL {
		const address = (this.context as unknown as WithAddress).additionalData?.webhookBaseUrl ?? '';
		if (URL.canParse(address)) return new URL(address.replace(/\/+$/, ''));
		throw this.refuse(
			'n8n does not say where its webhooks are',
			`Set ${URL_VARIABLE} to the public address of this n8n.`,
		);
	}

	private pathOf(node: INode): string {
		const { url } = this.type;
		return url.by === 'provider' ? url.path : url.path(evaluated(this.context, node));
	}

	private methodOf(node: INode | undefined): 'GET' | 'POST' {
		const { url } = this.type;
		if (url.by === 'provider' || !node) return 'POST';
		return url.method(evaluated(this.context, node));
	}

	private urlOf(node: INode): string {
		const { id } = this.context.getWorkflow();
		return NodeHelpers.getNodeWebhookUrl(
			this.base.href.replace(/\/+$/, ''),
			String(id),
			node,
			this.pathOf(node),
		);
	}

	/** The chosen trigger of this workflow. */
	private inWorkflow(): INode {
		const name = this.text('triggerName');
		const all = ownTriggers(this.context, this.type);
		const found = all.filter((node) => name === '' || node.name === name);
		if (found.length === 1) return found[0];
		const names = all.map((node) => node.name).join(', ');
		if (all.length === 0)
			throw this.refuse(
				`This workflow has no ${this.label}`,
				'Choose By Production URL, and copy the URL from the trigger of the other workflow.',
			);
		throw found.length === 0
			? this.refuse(`This workflow has no ${this.label} named "${name}"`, `There are: ${names}.`)
			: this.refuse(`This workflow has several ${this.label}s`, `Enter Trigger Name: ${names}.`);
	}

	/** A URL that somebody entered, if it is one of this n8n's webhooks. */
	private entered(): string {
		const advice = `Copy the Production URL from Webhook URLs in the ${this.label}. It begins with ${this.base.href}.`;
		const text = this.text('productionUrl');
		if (text === '') throw this.refuse(WRONG_URL.none, advice);
		if (!URL.canParse(text)) throw this.refuse(WRONG_URL.unreadable, advice);
		const { origin, pathname, username, password, search, hash } = new URL(text);
		const { origin: home, pathname: root } = this.base;
		if (pathname.startsWith(`${root}-test/`)) throw this.refuse(WRONG_URL.test, advice);
		const isPlain = [username, password, search, hash].every((part) => part === '');
		const rest = pathname.slice(root.length);
		const isOwn = origin === home && pathname.startsWith(`${root}/`);
		if (!isOwn || !isPlain || !/^(\/[\w.~%-]+)+$/.test(rest) || /%2f|%5c|%2e/i.test(rest))
			throw this.refuse(WRONG_URL.foreign, advice);
		return origin + pathname;
	}

	/** An event that starts the workflow which sends it would be sent for ever. */
	private checkCircle(node: INode | undefined): void {
		if (!node) return;
		const { name } = this.context.getNode();
		const isAfter = this.context.getParentNodes(name).some((parent) => parent.name === node.name);
		if (isAfter)
			throw this.refuse(
				`This node comes after ${node.name}, so each test event would send another`,
				'Connect it to a node of its own, such as a Manual Trigger.',
			);
	}

	find(): TestTarget {
		const isByUrl = this.text('triggerFrom') === 'url';
		const url = isByUrl ? this.entered() : this.urlOf(this.inWorkflow());
		const node = ownTriggers(this.context, this.type).find((each) => this.urlOf(each) === url);
		this.checkCircle(node);
		const events = eventsAt(this.type, decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)));
		if (events.length > 0) return { url, method: this.methodOf(node), events };
		throw this.refuse(
			`This is not the URL of the ${this.label}`,
			this.type.url.by === 'provider'
				? `It ends in /${this.type.url.path}.`
				: 'It ends with the event that the trigger is for.',
		);
	}
}

/**
 * The trigger that an input item means. Only this n8n's own webhooks are ever called: the address is
 * n8n's setting, and an entered URL must begin with it.
 *
 * @throws NodeOperationError when it is another address, or none
 */
export const testTarget = (
	context: IExecuteFunctions,
	index: number,
	type: TriggerType,
): TestTarget => new TargetFinder(context, index, type).find();
