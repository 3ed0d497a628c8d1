import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sampleOf } from '../providers/jofi/deliver.mjs';

/** @typedef {import('./flows.mjs').Stage} Stage */

/**
 * What the flows of this test need to know of a provider.
 *
 * @typedef {object} Provider
 * @property {string} name as people write it
 * @property {string} search what a person types into the search of the node panel
 * @property {string[]} items what is clicked there, one after the other
 * @property {string} trigger the node's name
 * @property {string} subject of the mail with the sample
 * @property {(stage: Stage) => Promise<string>} copy what the provider needs to know; resolves with
 * what is in the clipboard
 * @property {(stage: Stage) => Promise<void>} agree fills in the credential as agreed with the provider
 * @property {Bare} bare
 */

/**
 * The same by n8n's own Webhook node.
 *
 * @typedef {object} Bare
 * @property {() => { headers: Record<string, string>, body: string }} delivery what somebody has to
 * send by a program, since the provider calls no test URL
 * @property {string} [to] the field of n8n's item with the address of the mail
 * @property {string[]} subject the fields that say what the title of the package's item says
 * @property {string} [lacks] what no mapping brings
 */

const json = { 'content-type': 'application/json' };

/** The message to the provider, above the sample. @type {Provider['copy']} */
async function copyMessage({ editor: { byId }, hand }) {
	const output = byId('output-panel');
	await hand.click(output.getByText('with your URL in it').first());
	return await hand.copy(output.getByText('/webhook/').first());
}

/** The URL by itself. @type {Provider['copy']} */
async function copyUrl({ editor: { page, byId }, hand }) {
	await hand.click(page.getByTitle('Click to display webhook URLs'));
	await hand.click(byId('ndv').getByText('Production URL', { exact: true }).first());
	await hand.click(byId('ndv').getByText('/webhook/').first());
	return await hand.clipboard();
}

/** @param {string} name of the credential, as on its button */
const newCredential =
	(name) =>
	/** @param {Stage} stage @param {(field: (parameter: string) => import('playwright-core').Locator) => Promise<void>} fill */
	async ({ editor: { page, byId }, hand }, fill) => {
		const dialog = byId('editCredential-modal');
		await hand.click(page.getByText(`Connect to ${name}`));
		await dialog.waitFor();
		await fill((parameter) => dialog.locator(`[data-test-id="parameter-input-${parameter}"]`));
		await hand.click(byId('credential-save-button'));
		// n8n closes the dialog of a new credential whose test succeeds.
		await dialog.waitFor({ state: 'hidden' });
	};

/** A user and a password, as a contact at the provider may give them. @param {string} name */
const agreeOnLogin =
	(name) =>
	/** @param {Stage} stage */
	async (stage) => {
		const { editor, hand } = stage;
		await newCredential(name)(stage, async (field) => {
			await hand.click(field('method'));
			await hand.click(editor.page.getByRole('option', { name: /User and Password|Basic Auth/ }));
			await hand.type(field('user').locator('input'), 'n8n');
			await hand.type(field('secret').locator('input').last(), newSecret());
		});
	};

/** @type {Provider[]} */
export const PROVIDERS = [
	{
		name: 'JOFI',
		search: 'jofi',
		items: ['JOFI', 'On assessment completed'],
		trigger: 'JOFI Trigger',
		subject: 'Linda Sample completed JOFI Thinking Skills, 1 of 3',
		copy: copyMessage,
		agree: agreeOnLogin('JOFI Webhook'),
		bare: {
			delivery: () => ({
				headers: json,
				body: JSON.stringify(sampleOf('test_taker.assessment_completed')),
			}),
			to: 'body.data.object.email',
			subject: ['body.data.object.first_name', 'body.data.object.last_name'],
			lacks: 'which assessment was completed, and how many are left',
		},
	},
	{
		name: 'JobAffinity',
		search: 'jobaffinity',
		items: ['JobAffinity', 'On step changed'],
		trigger: 'JobAffinity Trigger',
		subject: 'Lea Noir moved to Interview for Warehouse Lead',
		copy: copyMessage,
		agree: agreeOnLogin('JobAffinity Webhook'),
		bare: {
			delivery: () => ({ headers: json, body: JSON.stringify(exampleOf('JobAffinity')) }),
			subject: [],
			lacks: 'everything: a delivery holds a link to the application, and nothing else',
		},
	},
	{
		name: 'Regpack',
		search: 'regpack',
		items: ['Regpack', 'On user complete'],
		trigger: 'Regpack Trigger',
		subject: 'Ada Sample completed all forms',
		copy: copyUrl,
		agree: async (stage) =>
			await newCredential('Regpack Webhook')(stage, async (field) => {
				await stage.hand.type(field('secret').locator('input'), newSecret());
			}),
		bare: {
			delivery: () => ({ headers: json, body: JSON.stringify(exampleOf('Regpack')) }),
			to: 'body.doc.main_email',
			subject: ['body.meta_info.u_name'],
			lacks: 'verification',
		},
	},
	{
		name: 'Innovative Educators',
		search: 'innovative educators',
		items: ['Innovative Educators', 'On course completed'],
		trigger: 'Innovative Educators Trigger',
		subject: 'Ada Learner completed New Student Orientation',
		copy: copyMessage,
		// Its addresses are documented, and preset in the trigger.
		agree: async () => {},
		bare: {
			delivery: () => ({ headers: json, body: JSON.stringify(exampleOf('Innovative Educators')) }),
			to: 'body.user',
			subject: ['body.userDetail.firstName', 'body.userDetail.lastName', 'body.title'],
			lacks: 'verification',
		},
	},
];

export const newSecret = () => randomBytes(24).toString('hex');

/** What a provider delivered, as it is pinned in the example for all of them. @param {string} name */
function exampleOf(name) {
	const file = new URL('../../examples/any-completion-email.json', import.meta.url);
	const { pinData } = JSON.parse(readFileSync(file, 'utf8'));
	return pinData[`${name} Trigger`][0].json.payload;
}
