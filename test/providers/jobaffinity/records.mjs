/** @typedef {import('./objects.mjs').Job} Job */
/** @typedef {import('./objects.mjs').Candidate} Candidate */
/** @typedef {import('./objects.mjs').Application} Application */
/** @typedef {import('./objects.mjs').StepChange} StepChange */
/** @typedef {import('./objects.mjs').Note} Note */
/** @typedef {import('./objects.mjs').WebhookTask} WebhookTask */
/** @typedef {import('./catalogue.mjs').Process} Process */
/** @typedef {import('./catalogue.mjs').Named} Named */
/** @typedef {import('./catalogue.mjs').User} User */

/**
 * @typedef {object} Kinds
 * @property {Job} job
 * @property {Candidate} candidate
 * @property {Application} application
 * @property {StepChange} stepChange
 * @property {Note} note
 * @property {WebhookTask} webhookTask
 * @property {Process} process
 * @property {Named} organisation
 * @property {User} user
 */

/** @param {Kinds[keyof Kinds]} record */
export const idOf = (record) => ('change_id' in record ? record.change_id : record.id);

/** The records of an account: the state itself, oldest first. */
export class Records {
	/** @type {Job[]} */
	jobs = [];

	/** @type {Candidate[]} */
	candidates = [];

	/** @type {Application[]} */
	applications = [];

	/** @type {StepChange[]} */
	stepChanges = [];

	/** @type {Note[]} */
	notes = [];

	/** @type {WebhookTask[]} */
	webhookTasks = [];

	/** When each record was made and last modified: counts that rise with every write. */
	#written = new WeakMap();

	#writes = 0;

	/** @param {ReturnType<import('./catalogue.mjs').catalogueOf>} catalogue */
	constructor({ organisations, pools, users, processes }) {
		this.organisations = organisations;
		this.pools = pools;
		this.users = users;
		this.processes = processes;
	}

	/** @template {keyof Kinds} Kind @param {Kind} kind @returns {Kinds[Kind][]} */
	records(kind) {
		const all = {
			...{
				job: this.jobs,
				candidate: this.candidates,
				application: this.applications,
				stepChange: this.stepChanges,
			},
			...{ note: this.notes, webhookTask: this.webhookTasks, process: this.processes },
			...{ organisation: this.organisations, user: this.users },
		};
		return /** @type {any} */ (all[kind]);
	}

	/** @template {keyof Kinds} Kind @param {Kind} kind @param {number | string} id */
	find(kind, id) {
		return this.records(kind).find((record) => String(idOf(record)) === String(id));
	}

	/** @template {keyof Kinds} Kind @param {Kind} kind @param {number | string} id */
	get(kind, id) {
		const record = this.find(kind, id);
		if (!record) throw new Error(`The account has no ${kind} ${id}`);
		return record;
	}

	/**
	 * JobAffinity's API deletes nothing; that people can is unknown. What hangs on the record goes
	 * with it, except the history of webhooks, which only links to it.
	 *
	 * @param {keyof Kinds} kind
	 * @param {number} id
	 */
	remove(kind, id) {
		const record = this.get(kind, id);
		const all = /** @type {object[]} */ (this.records(kind));
		all.splice(all.indexOf(record), 1);
		for (const { id: applicationId, candidateId, jobId } of [...this.applications]) {
			if ((kind === 'candidate' && candidateId === id) || (kind === 'job' && jobId === id))
				this.remove('application', applicationId);
		}
		if (kind === 'application')
			this.stepChanges = this.stepChanges.filter((change) => change.applicationId !== id);
		if (kind === 'candidate') this.notes = this.notes.filter((note) => note.candidateId !== id);
	}

	/** @param {object} record was made or modified just now */
	touch(record) {
		const now = ++this.#writes;
		this.#written.set(record, { created: now, ...this.#written.get(record), modified: now });
	}

	/** @param {object} record @returns {{ created: number, modified: number }} */
	writesOf(record) {
		return this.#written.get(record) ?? { created: 0, modified: 0 };
	}
}
