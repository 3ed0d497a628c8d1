import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { URL_VARIABLE } from './publicUrl';

/** What distinguishes one provider's instructions from another's; sentences may hold HTML. */
interface SetupTexts {
	label: string;
	/** What receives the trigger's data, e.g. "events from JOFI". */
	title: string;
	/** What to do until events arrive, in order; n8n's editor numbers nothing itself. */
	steps: readonly string[];
	/** What to know beside the steps, as sentences. */
	note?: string;
	/** An email that asks the provider for the webhook. */
	email?: { to: string; text: string };
	/** Follows "While building,". */
	whileBuilding: string;
	/** Follows "When it works,". */
	whenReady: string;
	/** What to check when a published workflow does not run. */
	ifNoneCome: string;
	/** A last paragraph. */
	more?: string;
	activationHint: string;
	/** What to do now that the workflow is published. */
	whenPublished: string;
}

/** The parameters that instruct: the steps come first, a text to copy last. */
export interface SetupProperties {
	steps: INodeProperties;
	message?: INodeProperties;
}

/** Steps that several providers share. */
export const steps = {
	credential: 'Create the credential below. You can leave the secret empty for now.',
	publish: '<b>Publish</b> this workflow.',
	email: (recipient: string) =>
		`Copy the <b>Production URL</b> under <b>Webhook URLs</b> and email it to ${recipient}. A message to copy is at the end of this panel.`,
	answer: 'Enter their answer in the credential. Until then, deliveries are refused.',
};

/**
 * The instructions of a trigger whose webhook people set up by hand: in its parameters, its panel,
 * and on publishing.
 */
export function setupGuide(
	texts: SetupTexts,
): { properties: SetupProperties } & Pick<
	INodeTypeDescription,
	'triggerPanel' | 'activationMessage'
> {
	const { label, email } = texts;
	const more = texts.more ? `<br /><br />${texts.more}` : '';
	return {
		properties: {
			steps: stepsProperty(texts),
			...(email && {
				message: {
					displayName: `Message to ${email.to}`,
					name: 'setUpMessage',
					type: 'string' as const,
					typeOptions: { rows: 8 },
					noDataExpression: true,
					default: email.text,
					description: 'Copy this text into an email. It has no effect on the workflow.',
				},
			}),
		},
		triggerPanel: {
			header: `Receive ${texts.title}`,
			executionsHelp: {
				inactive: `<b>While building</b>, ${texts.whileBuilding}<br /><br /><b>When it works</b>, ${texts.whenReady}${more}`,
				active: `<b>This workflow is published.</b> It runs as soon as ${label} delivers to its <b>Production URL</b>, and these runs show up in the <a data-key="executions">executions list</a>. ${texts.ifNoneCome}${more}`,
			},
			activationHint: texts.activationHint,
		},
		activationMessage: `${texts.whenPublished} If the URL names localhost or a private address, set ${URL_VARIABLE}, restart n8n and publish again.`,
	};
}

/**
 * A callout, because a notice shows no line breaks and no bold type (n8n 2.41.1). A user can hide a
 * callout for good, so each provider's has a name of its own.
 */
function stepsProperty({ label, title, steps, note }: SetupTexts): INodeProperties {
	const lines = [
		`<b>To get ${title}:</b>`,
		...steps.map((step, index) => `${index + 1}. ${step}`),
		'',
		`${note ? `${note} ` : ''}If the URL names localhost or a private address, set N8N_WEBHOOK_URL first.`,
	];
	return {
		displayName: lines.join('<br />'),
		name: `setUpSteps${label.replaceAll(' ', '')}`,
		type: 'callout',
		default: '',
	};
}
