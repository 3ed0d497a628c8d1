import { Account } from './account.mjs';
import { FAMILY, INDIVIDUAL } from './catalogue.mjs';
import { nameOf } from './events.mjs';

/** @typedef {import('./applicants.mjs').Occurrence} Occurrence */

/**
 * Whatever has an event, done once in an account with a project of each structure. What the payload
 * is made from is told by `onEvent`, at the moment when it happens.
 *
 * @param {Account} account
 * @param {(occurrence: Occurrence) => void} onEvent
 */
export function doAll(account, onEvent) {
	account.onEvent = (occurrence) => void onEvent(occurrence);
	const { cloginId } = account.register({
		first_name: 'Ada',
		last_name: 'Sample',
		main_email: 'ada.sample@example.org',
	});
	const user = account.get(INDIVIDUAL, cloginId);
	account.login(cloginId);
	account.editCredentials(cloginId, { username: 'ada@example.org' });
	const [form, survey] = account.formsOf(user);
	for (const event of ['form_load', 'form_viewed', 'form_preprocess'])
		account.tell({ event: `${event}_${form.id}`, users: [user], form });
	account.tell({ event: 'form_preprocess', users: [user], form });
	for (const { id } of [form, survey]) account.completeForm(cloginId, id);
	const parent = account.register({ groupId: FAMILY });
	const child = account.addChild(parent.cloginId, { groupId: FAMILY });
	account.completeForm(child.cloginId, child.formIds[0], { groupId: FAMILY });
	account.order(cloginId);
	account.refund(cloginId, account.pay(cloginId, 20).id);
	const group = [cloginId, account.register().cloginId];
	account.setStatus(group, account.statuses[0].id);
	account.tag(group, 'Made-up tag');
}

/**
 * What a made-up event is about, and the account that it is in.
 *
 * @template Made
 * @param {string} event with or without the id of a form in place of `*`
 * @param {(account: Account, occurrence: Occurrence) => Made} make called at the moment when it
 * happens
 */
export function fake(event, make) {
	const name = nameOf(event);
	/** @type {Made[]} */
	const made = [];
	const account = new Account({ apiAdmin: true }, INDIVIDUAL);
	doAll(account, (occurrence) => {
		if (made.length === 0 && nameOf(occurrence.event) === name)
			made.push(make(account, occurrence));
	});
	return made[0];
}
