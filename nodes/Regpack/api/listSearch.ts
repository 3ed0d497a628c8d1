import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { resourceLocators } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { applicantOf } from '../events/applicant';
import { userPages } from './pagination';

/** How many a list in the editor shows. */
const SHOWN = 500;

/** How many are looked through for them: Regpack has no search, so that each must be read (documented by omission). */
const READ = 5000;

/** How long somebody waits for a list. */
const PATIENCE_MS = 20_000;

type Applicant = ReturnType<typeof applicantOf>;

const titleOf = (applicant: object): string =>
	[textAt(applicant, 'displayName'), `(${textAt(applicant, 'cloginId')})`].filter(Boolean).join(' ');

/** The users of the node's project who are offered and match, those with an excluding status too. */
async function applicants(
	context: ILoadOptionsFunctions,
	filter: string,
	isOffered: (applicant: Applicant) => boolean,
): Promise<Applicant[]> {
	const groupId = context.getCurrentNodeParameter('projectId');
	const deadline = Date.now() + PATIENCE_MS;
	const wanted = filter.toLowerCase();
	const found: Applicant[] = [];
	let read = 0;
	// Whoever cannot be got cannot be chosen, but the others can.
	const onMissing = () => {};
	for await (const { users, children } of userPages(context, { groupId, doc: { with_excluded: true }, onMissing })) {
		const all = [...users, ...children].map(applicantOf);
		found.push(...all.filter((applicant) => isOffered(applicant) && titleOf(applicant).toLowerCase().includes(wanted)));
		read += all.length;
		if (found.length >= SHOWN || read >= READ || Date.now() >= deadline) break;
	}
	return found;
}

/** Users of whom some can be chosen. */
const choiceOf = (isOffered: (applicant: Applicant) => boolean) => ({
	placeholder: 'e.g. 200001',
	field: 'cloginId',
	title: titleOf,
	records: async (context: ILoadOptionsFunctions, filter: string) => await applicants(context, filter, isOffered),
});

const shown = `the list shows up to ${SHOWN} who match, of the first ${READ} of the project`;

export const { locator, listSearch } = resourceLocators({
	user: {
		...choiceOf(() => true),
		label: 'User',
		description: `The user, by the ID that Regpack calls clogin_id; ${shown}`,
	},
	parent: {
		...choiceOf(({ isChild }) => isChild !== true),
		label: 'Parent',
		description: `The parent in a family system, by the ID that Regpack calls clogin_id; ${shown}`,
	},
});
