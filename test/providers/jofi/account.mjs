import { catalogueOf } from './catalogue.mjs';
import { createClock } from './clock.mjs';
import { detailsOf, newInvitation, newProfile, newTestTaker, profileUrls } from './objects.mjs';
import { Records } from './records.mjs';

/** @typedef {import('./objects.mjs').InvitationRequest} InvitationRequest */
/** @typedef {import('./records.mjs').Resource} Resource */

/**
 * A simulated JOFI account: what it holds, and what people do in it. What a method returns, and
 * what an event carries, is a copy of that moment. A method throws where nobody could do it.
 */
export class Account extends Records {
	/** Milliseconds since the epoch; may be replaced. */
	now = () => Date.now();

	/**
	 * Told of all that JOFI has an event for.
	 *
	 * @type {((type: string, object: Resource) => void) | undefined}
	 */
	onEvent = undefined;

	/**
	 * What went out; an invitation that was to be sent in no way is not here.
	 *
	 * @type {{ invitationId: number, via: ('email' | 'sms')[] }[]}
	 */
	sent = [];

	/**
	 * How many assessments were completed, by short name; opening one again takes none away
	 * (unknown).
	 */
	completed = { Personality: 0, Thinking: 0, Interests: 0, Prescreen: 0 };

	#clock = createClock(() => this.now());

	#next;

	/**
	 * @param {import('./catalogue.mjs').Catalogue} catalogue
	 * @param {number} offset added to every id
	 */
	constructor(catalogue = catalogueOf(), offset = 0) {
		super();
		this.catalogue = catalogue;
		this.users = catalogue.users;
		this.teams = catalogue.teams;
		this.assessments = catalogue.assessments;
		this.emailTemplates = catalogue.emailTemplates;
		this.scoreProfiles = catalogue.scoreProfiles;
		this.#next = {
			invitation: offset + 31001,
			testTaker: offset + 42001,
			assignment: offset + 88001,
			profile: offset + 1,
		};
	}

	/** When the last change was over, in milliseconds since the epoch. */
	changedAt = () => this.#clock.last();

	/** @param {Partial<InvitationRequest>} [fields] as for POST /invitations */
	invite(fields = {}) {
		const id = this.#next.invitation++;
		const made = { first_name: 'Avery', last_name: `Stone ${id}`, email: `${id}@example.org` };
		const details = detailsOf(
			{ ...made, created_by_user_email: this.users[0].email, ...fields },
			this,
		);
		const invitation = newInvitation(id, details, this.catalogue, this.#clock.stamp());
		this.invitations.push(invitation);
		// SMS only where there is a phone (documented, api/invitations).
		const sms = details.send_via_sms && details.phone !== null;
		const via = /** @type {const} */ (['email', 'sms']).filter((way) =>
			way === 'email' ? details.send_via_email : sms,
		);
		if (via.length > 0) this.sent.push({ invitationId: id, via });
		return this.#tell('invitation.created', invitation);
	}

	/**
	 * On acceptance JOFI creates the test taker (documented, api/integration-flow).
	 *
	 * @param {number} invitationId
	 */
	accept(invitationId) {
		const invitation = this.get('invitation', invitationId);
		if (invitation.accepted_at !== null)
			throw new Error(`Invitation ${invitationId} is accepted already`);
		invitation.accepted_at = this.#clock.stamp();
		const assignments = invitation.assessments_to_assign.map(({ test_id }) => {
			const assessment = this.assessments.find(({ id }) => id === test_id);
			if (!assessment) throw new Error(`No assessment ${test_id}`);
			return { id: this.#next.assignment++, assessment };
		});
		const testTaker = newTestTaker(
			this.#next.testTaker++,
			invitation,
			assignments,
			this.#clock.stamp(),
		);
		this.testTakers.push(structuredClone(testTaker));
		invitation.test_taker_id = testTaker.id;
		this.#tell('invitation.accepted', invitation);
		return this.#tell('test_taker.created', testTaker);
	}

	/** @param {number} testTakerId @param {number} assessmentId of the catalogue */
	complete(testTakerId, assessmentId) {
		const { testTaker, assignment } = this.#assignment(testTakerId, assessmentId);
		if (assignment.completed_at !== null)
			throw new Error(`Test taker ${testTakerId} has completed ${assessmentId} already`);
		assignment.started_at ??= this.#clock.stamp();
		assignment.progress_saved_at = this.#clock.stamp();
		// Nobody completes two within a millisecond.
		assignment.completed_at = this.#clock.stamp(1000);
		this.completed[/** @type {keyof Account['completed']} */ (assignment.assessment.short_name)]++;
		return this.#tell('test_taker.assessment_completed', testTaker);
	}

	/**
	 * Completes several at the same moment, which a test taker with two windows may do. What the events
	 * show then is unknown: each completion alone, as if neither had been stored when the other's event
	 * was written, or all of them.
	 *
	 * @param {number} testTakerId
	 * @param {number[]} assessmentIds
	 * @param {'own' | 'all'} [shown]
	 */
	completeTogether(testTakerId, assessmentIds, shown = 'own') {
		const at = this.#clock.stamp(1000);
		const before = structuredClone(this.get('testTaker', testTakerId));
		for (const assessmentId of assessmentIds) {
			const { assignment } = this.#assignment(testTakerId, assessmentId);
			Object.assign(assignment, { started_at: at, progress_saved_at: at, completed_at: at });
			this.completed[
				/** @type {keyof Account['completed']} */ (assignment.assessment.short_name)
			]++;
		}
		const after = this.get('testTaker', testTakerId);
		for (const assessmentId of assessmentIds) {
			const { assignment } = this.#assignment(testTakerId, assessmentId);
			const own = structuredClone(before);
			own.assigned_assessments = own.assigned_assessments.map((each) =>
				each.id === assignment.id ? structuredClone(assignment) : each,
			);
			this.#tell('test_taker.assessment_completed', shown === 'own' ? own : after);
		}
	}

	/**
	 * That an assignment may not be used for scoring is documented (api/events); when, is not.
	 *
	 * @param {number} testTakerId
	 * @param {number} assessmentId
	 */
	leaveUnscored(testTakerId, assessmentId) {
		this.#assignment(testTakerId, assessmentId).assignment.is_used_for_scoring = false;
	}

	/**
	 * Opens an assessment again. That JOFI lets people do so is unknown; there is no event for it.
	 *
	 * @param {number} testTakerId
	 * @param {number} assessmentId
	 */
	reset(testTakerId, assessmentId) {
		const { testTaker, assignment } = this.#assignment(testTakerId, assessmentId);
		Object.assign(assignment, { started_at: null, completed_at: null, progress_saved_at: null });
		return structuredClone(testTaker);
	}

	/**
	 * Which assessments make JOFI create one is unknown, so it is done by hand.
	 *
	 * @param {number} testTakerId
	 */
	createProfile(testTakerId) {
		const testTaker = this.get('testTaker', testTakerId);
		if (testTaker.career_navigation_profile_id !== null)
			throw new Error(`Test taker ${testTakerId} has a profile already`);
		const id = `CNP${String(this.#next.profile++).padStart(10, '0')}`;
		Object.assign(testTaker, profileUrls(id), { career_navigation_profile_id: id });
		const invitation = this.find('invitation', testTaker.invitation_id);
		if (invitation) invitation.career_navigation_profile_id = id;
		const profile = structuredClone(newProfile(id, testTaker));
		this.careerNavigationProfiles.push(profile);
		return this.#tell('career_navigation_profile.created', profile);
	}

	/** @param {number} testTakerId @param {number} assessmentId */
	#assignment(testTakerId, assessmentId) {
		const testTaker = this.get('testTaker', testTakerId);
		const assignment = testTaker.assigned_assessments.find(
			({ assessment }) => assessment.id === assessmentId,
		);
		if (!assignment) throw new Error(`Test taker ${testTakerId} is not assigned ${assessmentId}`);
		return { testTaker, assignment };
	}

	/** @template {Resource} Object_ @param {string} type @param {Object_} object */
	#tell(type, object) {
		this.onEvent?.(type, structuredClone(object));
		return structuredClone(object);
	}
}
