import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { locatorsOf } from '../api/locators';
import { textAt } from '../delivery/text';
import { applicantOf } from './applicant';
import { userPages } from './users';

/** A list in the editor shows the first ones: Regpack has no search, so that each must be read (documented by omission). */
const SHOWN = 500;

/** The users of the node's project, those with an excluding status too. */
async function applicants(context: ILoadOptionsFunctions) {
	const found: Array<ReturnType<typeof applicantOf>> = [];
	const groupId = context.getCurrentNodeParameter('projectId');
	// Whoever cannot be got cannot be chosen, but the others can.
	const onMissing = () => {};
	for await (const { users, children } of userPages(context, { groupId, doc: { with_excluded: true }, onMissing })) {
		found.push(...[...users, ...children].map(applicantOf));
		if (found.length >= SHOWN) break;
	}
	return found;
}

const choice = {
	placeholder: 'e.g. 200001',
	field: 'cloginId',
	title: (applicant: object) =>
		[textAt(applicant, 'displayName'), `(${textAt(applicant, 'cloginId')})`].filter(Boolean).join(' '),
	records: applicants,
};

export const { locator, listSearch } = locatorsOf({
	user: {
		...choice,
		label: 'User',
		description: `The user, by the ID that Regpack calls clogin_id; the list shows the first ${SHOWN} of the project`,
	},
	parent: {
		...choice,
		label: 'Parent',
		description: `The parent in a family system, by the ID that Regpack calls clogin_id; the list shows those among the first ${SHOWN} users`,
		offers: ({ isChild }) => isChild !== true,
	},
});
