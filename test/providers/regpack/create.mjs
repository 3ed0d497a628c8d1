import { done } from './answers.mjs';
import { docOf, integer, requiredDoc, text } from './arguments.mjs';
import { SPECIAL_FIELDS } from './catalogue.mjs';
import { isEmail } from './changes.mjs';
import { Mistake } from './mistake.mjs';
import { sendMails, writeValues } from './user.mjs';

/** @typedef {import('./routes.mjs').Call} Call */

/** The shortest password (documented, fields). */
const PASSWORD = 6;

/**
 * `false` for someone new to the organization (documented, create and create_child); that it may be
 * missing is inferred.
 *
 * @param {Call} call
 */
function knownPerson({ body }) {
	if (body.clogin_id === false || body.clogin_id === undefined) return undefined;
	return integer(body, 'clogin_id');
}

/**
 * The rules of username, password and e-mail are documented (create, fields); what is answered to
 * others is unknown.
 *
 * @param {Call} call
 * @param {Record<string, unknown>} doc
 */
function credentialsOf({ account, groupId }, doc) {
	const [username, password, email] = [
		text(doc, 'username'),
		text(doc, 'password'),
		text(doc, 'main_email'),
	];
	if (username && account.project(groupId).emailUsernames && !isEmail(username))
		throw new Mistake('username must be an e-mail');
	if (password && password.length < PASSWORD)
		throw new Mistake(`password must have ${PASSWORD} characters`);
	if (email && !isEmail(email)) throw new Mistake('main_email is not valid');
	return { username, password };
}

/**
 * @param {Call} call
 * @param {Record<string, unknown>} doc
 * @param {number} [connectedTo]
 */
function enter(call, doc, connectedTo) {
	const { account, groupId } = call;
	const values = Object.fromEntries(
		SPECIAL_FIELDS.flatMap((name) => (doc[name] === undefined ? [] : [[name, text(doc, name)]])),
	);
	const person = {
		groupId,
		cloginId: knownPerson(call),
		connectedTo,
		values,
		...credentialsOf(call, doc),
	};
	const user = account.enter(person);
	// That other fields than the special ones are written, too, is inferred.
	writeValues(call, user, doc);
	sendMails(call, user);
	return done(call, user);
}

/** create (documented, create). @param {Call} call */
export const createUser = (call) => enter(call, docOf(call.body) ?? {});

/**
 * create_child (documented, createchild). That an individual system has no children is inferred.
 *
 * @param {Call} call
 */
export const createChild = (call) =>
	enter(call, requiredDoc(call.body), integer(call.body, 'connected_to'));
