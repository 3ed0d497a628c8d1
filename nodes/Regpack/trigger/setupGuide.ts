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
		steps.build,
		steps.publish,
		`<b>Enter the Production URL</b> (under <b>Webhook URLs</b>) ${WHERE}, for the event at its end. Regpack signs nothing: add the secret of your credential to the URL, <b>?token=…</b>`,
	],
	onTestUrl: 'Regpack calls the test URL only if you enter it there',
	note: 'A URL is for one event of one project: for another event, add another Regpack Trigger.',
	whenPublished:
		'Now enter the production URL of each Regpack Trigger in Regpack, as an API admin, under Settings > Project Settings > Webhooks, for the event with which it ends. A change of the event or the form ID changes the URL. If your credential is Query Auth, add the secret to the URL.',
	ifNoneCome: `If none come, check the event and the URL ${WHERE}.`,
	more: 'Regpack sends webhooks only if the project has an API admin, and never for what is done through its API: for that there is the <b>Regpack Polling Trigger</b>.',
});
