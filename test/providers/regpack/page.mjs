import { plain } from '../shared/answers.mjs';
import { splitPath } from '../shared/router.mjs';
import { keyOf } from './fields.mjs';

/** @typedef {import('./form.mjs').Seen} Seen */
/** @typedef {import('../shared/answers.mjs').Answer} Answer */

/** @param {unknown} text */
const escaped = (text) =>
	String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param {import('./catalogue.mjs').Field} field @param {Seen['values']} values */
function input(field, values) {
	const [key, value] = [keyOf(field), values[keyOf(field)]];
	const options = field.choices?.map(
		(choice) =>
			`<option value="${escaped(choice)}"${value.includes(choice) ? ' selected' : ''}>${choice}</option>`,
	);
	const control = options
		? `<select multiple name="${key}">${options.join('')}</select>`
		: `<input name="${key}" value="${escaped(value)}">`;
	return `<p><label>${key} ${control}</label></p>`;
}

/** Sends the form, and shows what the applicant is to see. */
const SCRIPT = `
const form = document.forms[0];
form.addEventListener('submit', async (event) => {
	event.preventDefault();
	const values = {};
	for (const { name, multiple, value, selectedOptions } of form.elements)
		if (name) values[name] = multiple ? [...selectedOptions].map((option) => option.value) : value;
	const seen = await (await fetch(location, { method: 'POST', body: JSON.stringify(values) })).json();
	document.querySelector('#messages').replaceChildren(...seen.messages.map(({ text, type }) =>
		Object.assign(document.createElement('p'), { className: 'msg-' + type, textContent: text })));
	for (const [name, value] of Object.entries(seen.values))
		for (const control of [form.elements[name]].filter(Boolean))
			if (control.multiple) for (const option of control.options) option.selected = value.includes(option.value);
			else control.value = value;
	document.body.dataset.state = seen.stopped ? 'stopped' : 'submitted';
	if (seen.focus) form.elements[seen.focus].focus();
	if (seen.redirect) location.assign(seen.redirect);
});`;

/** @param {import('./catalogue.mjs').Form} form @param {Seen} seen */
const html = ({ name, fields }, { values }) => `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${escaped(name)}</title>
<body><h1>${escaped(name)}</h1><div id="messages"></div>
<form>${fields.map((field) => input(field, values)).join('\n')}<button>Submit</button></form>
<script>${SCRIPT}</script></body></html>`;

/**
 * A form for a browser, at `/form/<id>?person=<clogin_id>`, with `&project=<group_id>` where it is
 * not the credential's. Made up altogether, but for what it does with replies.
 *
 * @param {import('./account.mjs').Account} account
 * @param {ReturnType<typeof import('./form.mjs').createForms>} forms
 */
export function createPage(account, forms) {
	/** @param {string} path */
	function whichOf(path) {
		const { pathname, query } = splitPath(path);
		const [, formId] = /^\/form\/(\d+)$/.exec(pathname) ?? [];
		const [person, groupId] = [
			Number(query.get('person')),
			Number(query.get('project') ?? account.groupId),
		];
		const user = formId === undefined ? undefined : account.find(groupId, person);
		return user?.formIds.includes(Number(formId))
			? { person, groupId, formId: Number(formId) }
			: undefined;
	}

	return {
		/** @param {string} path */
		isPage: (path) => path.startsWith('/form/'),

		/**
		 * @param {{ method: string, path: string }} request
		 * @param {string} body
		 * @returns {Promise<Answer>}
		 */
		async answer({ method, path }, body) {
			const which = whichOf(path);
			if (!which) return plain(404, 'There is no such form');
			if (method === 'POST') {
				const seen = await forms.submit({ ...which, values: JSON.parse(body) });
				return { status: 200, type: 'application/json', text: JSON.stringify(seen) };
			}
			const seen = await forms.open(which);
			if (seen.redirect) return { ...plain(302, ''), headers: { location: seen.redirect } };
			const text = html(account.form(which.groupId, which.formId), seen);
			return { status: 200, type: 'text/html; charset=utf-8', text };
		},
	};
}
