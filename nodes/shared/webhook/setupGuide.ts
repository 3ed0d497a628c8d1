import type { INodeProperties, INodeTypeDescription, NodeHint } from 'n8n-workflow';

import { URL_VARIABLE } from './publicUrl';

export const DOCS = 'https://github.com/talent-events/n8n-nodes-talent-events/blob/main/docs';

/** A message that asks the provider for the webhook. */
export interface SetupMessage {
	/** As in "Message to …", in Title Case. */
	to: string;
	/** The whole message, with the trigger's production URL in it. */
	text(productionUrl: string): string;
}

/** What distinguishes one provider's instructions from another's; sentences may hold HTML. */
interface SetupTexts {
	label: string;
	/** What receives the trigger's data, e.g. "events from JOFI". */
	title: string;
	/**
	 * What to do until events arrive, true before and after publishing; n8n's editor numbers nothing
	 * itself.
	 */
	steps: readonly [string, string, string];
	/** When the provider calls the test URL, unless never; a sentence without its full stop. */
	onTestUrl?: string;
	/** What to know beside the steps, as sentences. */
	note?: string;
	message?: SetupMessage;
	/** What to do now that the workflow is published. */
	whenPublished: string;
	/** What to check when a published workflow does not run. */
	ifNoneCome: string;
	/** A last paragraph of the help. */
	more?: string;
}

/** The editor shows no webhook URL in a parameter, but in what an execution says (n8n 2.41.1). */
export const WHERE_THE_MESSAGE_IS =
	'the message is at the end of this panel, and above the output of <b>Execute step</b> with your Production URL in it.';

/** Steps that several providers share. */
export const steps = {
	build: '<b>Build</b>: <b>Execute step</b> shows an event at once.',
	publish: '<b>Publish</b> the workflow.',
	email: (recipient: string) => `<b>Email ${recipient}</b>: ${WHERE_THE_MESSAGE_IS}`,
	publishWithAnswer:
		'Enter their answer in the credential and <b>publish</b> the workflow. Without it, every delivery is refused.',
};

/** The parameters that instruct: the steps come first, a text to copy last. */
export interface SetupProperties {
	steps: INodeProperties;
	message?: INodeProperties;
}

/** What the editor shows of a trigger whose webhook people set up by hand. */
export interface SetupGuide
	extends Pick<
		INodeTypeDescription,
		'triggerPanel' | 'activationMessage' | 'eventTriggerDescription'
	> {
	properties: SetupProperties;
	message?: SetupMessage;
	hints: NodeHint[];
}

const ADMINISTRATOR = `Does the Production URL start with <b>http://localhost</b>? <a href="${DOCS}/self-hosting.md#public-address" target="_blank">Ask whoever runs your n8n</a>.`;

/**
 * The instructions of a trigger whose webhook people set up by hand: in its parameters, its panel,
 * its output, and on publishing.
 */
export function setupGuide(texts: SetupTexts): SetupGuide {
	const { label, message, ifNoneCome, whenPublished } = texts;
	const more = texts.more ? `<br /><br />${texts.more}` : '';
	const { onTestUrl = `${label} never calls the test URL` } = texts;
	return {
		properties: {
			steps: stepsProperty(texts),
			...(message && { message: messageProperty(message) }),
		},
		message,
		eventTriggerDescription: 'Waiting for the sample, or for a delivery to the test URL',
		hints: [
			hintWhen(
				'sample',
				`Execute step shows an event at once. Nothing after ten seconds? Then n8n cannot reach its own address: <a href="${DOCS}/reliability.md#test-runs" target="_blank">what to do</a>.`,
			),
			hintWhen(
				'delivery',
				`${onTestUrl}. While n8n listens, send a delivery to it yourself: copy it from Webhook URLs. For a sample, change When Testing.`,
			),
		],
		triggerPanel: {
			header: `See an event of ${label}`,
			executionsHelp: {
				inactive: `<b>While building</b>, click Execute step: it shows an event at once.<br /><br /><b>When it works</b>, publish the workflow. Real events go to its <b>Production URL</b> and show up in the <a data-key="executions">executions list</a>.${more}`,
				active: `<b>This workflow is published.</b> It runs as soon as ${label} delivers to its <b>Production URL</b>, and these runs show up in the <a data-key="executions">executions list</a>. ${ifNoneCome}${more}`,
			},
			activationHint: {
				inactive: `${onTestUrl}. Real events come after publishing.`,
				active: `Published: real events show up in the <a data-key="executions">executions list</a>, not here.`,
			},
		},
		activationMessage: `${whenPublished} Does the URL start with http://localhost? Ask whoever runs your n8n to set ${URL_VARIABLE}; then publish again.`,
	};
}

/** Above the output that is not there yet, as n8n's own words beside it cannot be changed. */
const hintWhen = (whenTesting: 'sample' | 'delivery', message: string): NodeHint => ({
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ $parameter["whenTesting"] === "${whenTesting}" }}`,
	message,
});

/**
 * A callout, because a notice shows no line breaks and no bold type (n8n 2.41.1). A user can hide a
 * callout for good, so each provider's has a name of its own.
 */
function stepsProperty({ label, title, steps: own, note }: SetupTexts): INodeProperties {
	const lines = [
		`<b>Three steps to ${title}</b>`,
		...own.map((step, index) => `${index + 1}. ${step}`),
		'',
		...(note ? [note] : []),
		ADMINISTRATOR,
	];
	return {
		displayName: lines.join('<br />'),
		name: `setUpSteps${label.replaceAll(' ', '')}`,
		type: 'callout',
		default: '',
	};
}

/** As many lines as the longest message takes in the panel, so that all of it can be seen. */
const MESSAGE_ROWS = 24;

const messageProperty = ({ to, text }: SetupMessage): INodeProperties => ({
	displayName: `Message to ${to}`,
	name: 'setUpMessage',
	type: 'string',
	typeOptions: { rows: MESSAGE_ROWS },
	noDataExpression: true,
	default: text('[the Production URL, from Webhook URLs above]'),
	description:
		'Copy this text into an email. It has no effect on the workflow. Execute step shows it with the URL in it.',
});
