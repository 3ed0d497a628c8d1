import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { URL_VARIABLE } from './publicUrl';

/** What distinguishes one provider's instructions from another's; sentences may hold HTML. */
interface SetupTexts {
	label: string;
	/** What receives the trigger's data in the panel's title, e.g. "events from JOFI". */
	title: string;
	/**
	 * How the provider gets the URL: a clause that follows "does not know this workflow yet:", and
	 * more sentences.
	 */
	notice: string;
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

/**
 * The instructions of a trigger whose webhook people set up by hand: in its parameters, its panel,
 * and on publishing.
 */
export function setupGuide(
	texts: SetupTexts,
): { properties: INodeProperties[] } & Pick<
	INodeTypeDescription,
	'triggerPanel' | 'activationMessage'
> {
	const { label, email } = texts;
	const more = texts.more ? `<br /><br />${texts.more}` : '';
	return {
		properties: [
			{
				displayName: `${label} does not know this workflow yet: ${texts.notice} If the URL names localhost or a private address, set ${URL_VARIABLE} first.`,
				name: 'setUpNotice',
				type: 'notice',
				default: '',
			},
			...(email
				? [
						{
							displayName: `Message to ${email.to}`,
							name: 'setUpMessage',
							type: 'string' as const,
							typeOptions: { rows: 8 },
							noDataExpression: true,
							default: email.text,
							description: 'Copy this text into an email. It has no effect on the workflow.',
						},
					]
				: []),
		],
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
