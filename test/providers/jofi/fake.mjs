import { Account } from './account.mjs';
import { catalogueOf } from './catalogue.mjs';

const OFFSET = 90_000_000;
const MINUTE = 60_000;

/**
 * What a test key sees: well-formed made-up objects (documented, api/api-keys). Made anew for each
 * call, so nothing that is written to it stays. Whether the ids stay the same is unknown; here they
 * do.
 *
 * @param {Account['onEvent']} [onEvent] told of what happened to the objects
 */
export function fakeAccount(onEvent) {
	const account = new Account(
		catalogueOf({ offset: OFFSET, domain: 'example.net', name: 'Example Company' }),
		OFFSET,
	);
	let now = Date.parse('2026-01-05T09:00:00Z');
	account.now = () => (now += MINUTE);
	account.onEvent = onEvent;
	const [, accepted, finished] = [1, 2, 3].map((number) =>
		account.invite({ person_id: `cand-000${number}`, custom_id: 'REQ-9' }),
	);
	account.complete(account.accept(accepted.id).id, 6);
	const { id } = account.accept(finished.id);
	for (const assessmentId of [6, 7, 8]) account.complete(id, assessmentId);
	account.createProfile(id);
	return account;
}

/** The webhooks of the fake account. */
export const fakeWebhooks = { live: 'https://n8n.example.net/webhook/made-up', enabled: true };

/**
 * The latest made-up object of an event.
 *
 * @param {string} type
 * @returns {object}
 */
export function fakeObjectOf(type) {
	/** @type {Map<string, object>} */
	const objects = new Map();
	fakeAccount((each, object) => void objects.set(each, object));
	const object = objects.get(type);
	if (!object) throw new Error(`JOFI has no event ${type}`);
	return object;
}
