import { setupGuide, steps } from '../../shared/webhook/setupGuide';

/**
 * Regpack's users enter a webhook by hand, as an API admin, one event a URL (documented,
 * docs/webhooks).
 */
const WHERE =
	'in Regpack, as an <b>API admin</b>, under Settings > Project Settings > <b>Webhooks</b>';

export const guide = setupGuide({
	label: 'Regpack',
	title: 'events from Regpack',
	steps: [
		'Regpack signs nothing: create a credential below with <b>Query Auth</b> and a secret of your own.',
		steps.publish,
		`Sign in to Regpack as an <b>API admin</b> and open Settings > Project Settings > <b>Webhooks</b>. Choose the event at the end of the <b>Production URL</b> (under <b>Webhook URLs</b>) and enter that URL with your secret added: <b>?token=…</b>`,
	],
	note: 'A URL is for one event of one project: for another event, add another Regpack Trigger.',
	whileBuilding: `click Execute Step, enter the <b>Test URL</b> ${WHERE}, for the event with which it ends, and do what the event is about; or send a sample to the Test URL yourself.`,
	whenReady:
		'publish the workflow and enter its <b>Production URL</b> instead. If your credential is Query Auth, add it to the URL: <b>?token=…</b>',
	ifNoneCome: `If none come, check the event and the URL ${WHERE}.`,
	more: 'Regpack sends webhooks only if the project has an API admin, and never for what is done through its API: for that there is the <b>Regpack Polling Trigger</b>.',
	activationHint:
		'Publish the workflow and enter its production URL in the Webhooks tab of the project in Regpack.',
	whenPublished:
		'Now enter the production URL of each Regpack Trigger in Regpack, as an API admin, under Settings > Project Settings > Webhooks, for the event with which it ends. A change of the event or the form ID changes the URL. If your credential is Query Auth, add the secret to the URL.',
});
