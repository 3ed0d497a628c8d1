import { CANDIDATES, catalogueOf, JOBS } from './catalogue.mjs';
import { newApplication, newCandidate, newJob, sampleCv } from './objects.mjs';
import { Records } from './records.mjs';

/** @typedef {import('./objects.mjs').StepChange} StepChange */
/** @typedef {import('./objects.mjs').Cv} Cv */

/**
 * A simulated JobAffinity account: what it holds, and what people do in it. What a method returns
 * is a copy of that moment. A method throws where nobody could do it.
 */
export class Account extends Records {
	/**
	 * Milliseconds since the epoch; may be replaced.
	 *
	 * @type {() => number}
	 */
	now = () => Date.now();

	/**
	 * Ids of what the API's user may not see: lists are limited to the rest (documented, discovery).
	 *
	 * @type {Set<number>}
	 */
	forbidden = new Set();

	/**
	 * Told of every step change.
	 *
	 * @type {((change: StepChange) => void) | undefined}
	 */
	onStepChange = undefined;

	#next = {
		job: 301,
		candidate: 7001,
		application: 41001,
		change: 90001,
		note: 60001,
		task: 1,
		pool: 851,
	};

	/** @param {() => number} [now] */
	constructor(now = () => Date.now()) {
		super(catalogueOf());
		this.now = now;
		for (const job of JOBS) this.addJob({ ...job, at: Date.parse('2026-02-03T09:00:00Z') });
		for (const candidate of CANDIDATES) this.addCandidate(candidate);
	}

	/** @param {Partial<import('./objects.mjs').Job>} [fields] */
	addJob(fields = {}) {
		const job = newJob(this.#next.job++, { at: this.now(), ...fields });
		this.jobs.push(job);
		return this.#written(job);
	}

	/**
	 * @param {Partial<import('./objects.mjs').Candidate>} [fields] a pool that is not there yet is
	 * made
	 */
	addCandidate(fields = {}) {
		const candidate = newCandidate(this.#next.candidate++, fields);
		for (const name of candidate.pools) {
			if (!this.pools.some((pool) => pool.name === name))
				this.pools.push({ id: this.#next.pool++, name });
		}
		this.candidates.push(candidate);
		return this.#written(candidate);
	}

	/**
	 * Someone edits a record.
	 *
	 * @template {'job' | 'candidate'} Kind
	 * @param {Kind} kind
	 * @param {number} id
	 * @param {Partial<import('./records.mjs').Kinds[Kind]>} fields
	 */
	update(kind, id, fields) {
		return this.#written(Object.assign(this.get(kind, id), fields));
	}

	/**
	 * A candidate applies: the application is in the START step of the job's process, which is its
	 * first step change.
	 *
	 * @param {{ candidateId?: number, jobId?: number, cv?: Cv | null, route?: string }} [fields] the
	 * first candidate and job
	 */
	apply({
		candidateId = this.candidates[0].id,
		jobId = this.jobs[0].id,
		cv = sampleCv(),
		route = 'WEB',
	} = {}) {
		this.get('candidate', candidateId);
		const { ownerId, processId } = this.get('job', jobId);
		const step = this.get('process', processId).steps.find(({ status }) => status === 'START');
		if (!step) throw new Error(`Process ${processId} has no START step`);
		const id = this.#next.application++;
		const application = newApplication({ id, candidateId, jobId, at: this.now(), step, cv, route });
		this.applications.push(application);
		// Who stands as the user of it is unknown.
		this.#reach(application, step, ownerId, 'apply');
		return structuredClone(application);
	}

	/**
	 * Any step of the job's process will do, also an earlier one, also the current one; which are
	 * illegal is unknown.
	 *
	 * @param {number} applicationId
	 * @param {number} stepId
	 * @param {'person' | 'api'} [via]
	 */
	move(applicationId, stepId, via = 'person') {
		const application = this.get('application', applicationId);
		const { processId } = this.get('job', application.jobId);
		const step = this.get('process', processId).steps.find(({ id }) => id === stepId);
		if (!step) throw new Error(`Process ${processId} has no step ${stepId}`);
		return this.#reach(application, step, this.users[0].id, via);
	}

	/** @param {Partial<Omit<import('./objects.mjs').Note, 'id' | 'at'>>} [fields] */
	note(fields = {}) {
		const made = {
			candidateId: this.candidates[0].id,
			organisationId: 55,
			text: '<p>Called back</p>',
			userId: this.users[0].id,
		};
		const note = { id: this.#next.note++, ...made, at: this.now(), ...fields };
		this.get('candidate', note.candidateId);
		this.get('organisation', note.organisationId);
		this.notes.push(note);
		return this.#written(note);
	}

	/** @param {Omit<import('./objects.mjs').WebhookTask, 'id'>} task */
	recordTask(task) {
		this.webhookTasks.push({ id: this.#next.task++, ...task });
	}

	/**
	 * @param {import('./objects.mjs').Application} application
	 * @param {StepChange['step']} step
	 * @param {number} userId
	 * @param {StepChange['via']} via
	 */
	#reach(application, step, userId, via) {
		const at = this.now();
		const change = {
			change_id: this.#next.change++,
			applicationId: application.id,
			step: { ...step },
			userId,
			at,
			via,
		};
		application.step = { ...step, at };
		this.stepChanges.push(change);
		this.touch(application);
		this.touch(change);
		this.onStepChange?.(structuredClone(change));
		return structuredClone(change);
	}

	/** @template {object} Written @param {Written} record */
	#written(record) {
		this.touch(record);
		return structuredClone(record);
	}
}
