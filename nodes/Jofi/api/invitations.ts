import type { IDataObject } from 'n8n-workflow';
import pick from 'lodash/pick';

/**
 * What a test taker shows of its invitation, under the names that an invitation has or is likely to
 * have.
 */
const OF_INVITATION = [
	...['first_name', 'last_name', 'email', 'person_id', 'custom_id', 'assessment_url'],
	...['team', 'account', 'career_navigation_profile_id', 'invitation_created_at'],
];

/** The invitation that a listed test taker has accepted, as far as it shows it. */
export const invitationShownBy = (testTaker: IDataObject): IDataObject => ({
	id: testTaker.invitation_id,
	...pick(testTaker, OF_INVITATION),
	test_taker_id: testTaker.id,
});
