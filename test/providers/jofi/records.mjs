/** @typedef {import('./objects.mjs').Invitation} Invitation */
/** @typedef {import('./objects.mjs').TestTaker} TestTaker */
/** @typedef {import('./objects.mjs').CareerNavigationProfile} CareerNavigationProfile */
/**
 * @typedef {{ invitation: Invitation, testTaker: TestTaker, careerNavigationProfile: CareerNavigationProfile }} Kinds
 */
/** @typedef {Invitation | TestTaker | CareerNavigationProfile} Resource */

/** The records of an account: the state itself, oldest first. */
export class Records {
	/** @type {Invitation[]} */
	invitations = [];

	/** @type {TestTaker[]} */
	testTakers = [];

	/** @type {CareerNavigationProfile[]} */
	careerNavigationProfiles = [];

	/** @template {keyof Kinds} Kind @param {Kind} kind @returns {Kinds[Kind][]} */
	records(kind) {
		const all = {
			invitation: this.invitations,
			testTaker: this.testTakers,
			careerNavigationProfile: this.careerNavigationProfiles,
		};
		return /** @type {any} */ (all[kind]);
	}

	/** @template {keyof Kinds} Kind @param {Kind} kind @param {number | string} id */
	find(kind, id) {
		return this.records(kind).find((record) => String(record.id) === String(id));
	}

	/** @template {keyof Kinds} Kind @param {Kind} kind @param {number | string} id */
	get(kind, id) {
		const record = this.find(kind, id);
		if (!record) throw new Error(`The account has no ${kind} ${id}`);
		return record;
	}

	/**
	 * JOFI's API deletes nothing; that people can is unknown. Other records go on naming it.
	 *
	 * @param {keyof Kinds} kind
	 * @param {number | string} id
	 */
	remove(kind, id) {
		const record = this.get(kind, id);
		this.records(kind).splice(this.records(kind).indexOf(record), 1);
	}
}
