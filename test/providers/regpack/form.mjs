import { keyOf, valueOf } from './fields.mjs';
import { Mistake } from './mistake.mjs';
import { readReply } from './reply.mjs';

/** @typedef {import('./objects.mjs').Value} Value */
/** @typedef {import('./webhooks.mjs').Answer} Answer */

/**
 * What the applicant sees.
 *
 * @typedef {object} Seen
 * @property {boolean} stopped
 * @property {boolean} submitted
 * @property {{ text: string, type: string | undefined }[]} messages
 * @property {string | undefined} focus a field
 * @property {Record<string, Value>} values of the form's fields
 * @property {string | undefined} redirect
 * @property {string[]} problems what Regpack could make nothing of, with the event
 * @property {{ event: string, status: number, text: string, ms: number }[]} replies those that were
 * waited for
 */

/** @typedef {{ person: number, formId: number, groupId?: number }} Which person: a clogin_id */

/**
 * A form of Regpack's front end, as an applicant uses it.
 *
 * @param {import('./account.mjs').Account} account
 * @param {import('./settings.mjs').Settings} settings
 */
export function createForms(account, { redirectKey, stopsOn, preprocessRedirect }) {
	/** @param {Which} which */
	function of({ person, formId, groupId = account.groupId }) {
		const user = account.get(groupId, person);
		const form = account.formsOf(user).find(({ id }) => id === formId);
		if (!form) throw new Mistake(`User ${person} does not have form ${formId}`);
		const values = Object.fromEntries(
			form.fields.map((field) => [keyOf(field), valueOf(user, field)]),
		);
		/** @type {Seen} */
		const seen = {
			...{ stopped: false, submitted: false, messages: [], focus: undefined },
			...{ values, redirect: undefined, problems: [], replies: [] },
		};

		return {
			user,
			form,
			seen,

			/**
			 * Waits for a reply; undefined where the event has no URL.
			 *
			 * @param {string} event
			 * @param {Promise<Answer> | undefined} answer
			 */
			async reply(event, answer) {
				const given = await answer;
				if (!given) return undefined;
				const { status, text, ms } = given;
				seen.replies.push({ event, status, text, ms });
				const reply = readReply(given, { records: account, user, redirectKey });
				seen.problems.push(...reply.problems.map((problem) => `${event}: ${problem}`));
				return reply;
			},

			/** @param {import('./reply.mjs').Reply} reply */
			show({ msg, type, jdoc, focus, redirect }) {
				if (msg !== undefined) seen.messages.push({ text: msg, type });
				Object.assign(seen.values, jdoc);
				seen.focus = focus ?? seen.focus;
				seen.redirect = redirect ?? seen.redirect;
			},
		};
	}

	/**
	 * Error handling stops the submission, and manipulation lets it go on (documented, webhooks),
	 * also where both are asked for (inferred). Whether any message is error handling, or only one of
	 * that type, is unknown; so is whether a redirect stops.
	 *
	 * @param {import('./reply.mjs').Reply} reply
	 */
	function stops({ msg, type, jdoc, redirect }) {
		if (Object.keys(jdoc).length > 0) return false;
		if (redirect !== undefined && preprocessRedirect === 'stops') return true;
		return stopsOn === 'message' ? msg !== undefined : type === 'error';
	}

	return {
		/**
		 * The applicant opens a form: form_load, of which only a redirect is read (documented: it is
		 * "primarily used for redirects"), and form_viewed right after it.
		 *
		 * @param {Which} which
		 */
		async open(which) {
			const { user, form, seen, reply, show } = of(which);
			const event = `form_load_${form.id}`;
			const loaded = await reply(event, account.tell({ event, users: [user], form }));
			if (loaded) show({ ...loaded, msg: undefined, jdoc: {}, focus: undefined });
			account.tell({ event: `form_viewed_${form.id}`, users: [user], form });
			return seen;
		},

		/**
		 * The applicant submits a form: form_preprocess and form_preprocess_* before it is processed,
		 * form_submitted, form_submit_* and the completions after (documented, webhooks). That the
		 * general one comes first, and that nothing follows a stop, is inferred; so is that what
		 * form_submit_* changes is saved.
		 *
		 * @param {Which & { values?: Record<string, Value> }} submission values: what the applicant
		 * fills in
		 */
		async submit({ values = {}, ...which }) {
			const { user, form, seen, reply, show } = of(which);
			const unknown = Object.keys(values).find((key) => !Object.hasOwn(seen.values, key));
			if (unknown) throw new Mistake(`Form ${form.id} has no field ${unknown}`);
			Object.assign(seen.values, values);
			for (const event of ['form_preprocess', `form_preprocess_${form.id}`]) {
				const asked = await reply(
					event,
					account.tell({ event, users: [user], form, values: { ...seen.values } }),
				);
				if (asked) show(asked);
				seen.stopped = asked !== undefined && stops(asked);
				if (seen.stopped) return seen;
			}
			const { cloginId, groupId } = user;
			const answers = account.submitForm(cloginId, form.id, { groupId, values: seen.values });
			seen.submitted = true;
			const event = `form_submit_${form.id}`;
			const asked = await reply(event, answers[event]);
			if (asked) show(asked);
			account.save(user, asked?.jdoc ?? {});
			return seen;
		},
	};
}
