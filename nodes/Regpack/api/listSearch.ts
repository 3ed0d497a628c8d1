import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { resourceLocators } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { applicantOf } from '../events/applicant';
import { userPages } from './pagination';

/** How many users a list in the editor shows. */
const MAX_SHOWN = 500;

/**
 * How many are searched for them: Regpack has no search, so each must be read (documented by
 * omission).
 */
const MAX_READ = 5000;

/** How long a search may take. */
const TIMEOUT_MS = 20_000;

type Applicant = ReturnType<typeof applicantOf>;

const titleOf = (applicant: object): string =>
	[textAt(applicant, 'displayName'), `(${textAt(applicant, 'cloginId')})`]
		.filter(Boolean)
		.join(' ');

/**
 * The users of the node's project who can be chosen and match, including those with an excluding
 * status.
 */
async function searchUsers(
	context: ILoadOptionsFunctions,
	filter: string,
	isOffered: (applicant: Applicant) => boolean,
): Promise<Applicant[]> {
	const groupId = context.getCurrentNodeParameter('projectId');
	const deadline = Date.now() + TIMEOUT_MS;
	const text = filter.toLowerCase();
	const found: Applicant[] = [];
	let read = 0;
	// Users who cannot be read cannot be chosen, but the others can.
	const onMissing = () => {};
	for await (const { users, children } of userPages(context, {
		groupId,
		doc: { with_excluded: true },
		onMissing,
	})) {
		const all = [...users, ...children].map(applicantOf);
		found.push(
			...all.filter(
				(applicant) => isOffered(applicant) && titleOf(applicant).toLowerCase().includes(text),
			),
		);
		read += all.length;
		if (found.length >= MAX_SHOWN || read >= MAX_READ || Date.now() >= deadline) break;
	}
	return found;
}

const userSource = (
	label: string,
	description: string,
	isOffered: (applicant: Applicant) => boolean,
) => ({
	label,
	description: `${description}, by the ID that Regpack calls clogin_id. The list shows up to ${MAX_SHOWN} matches among the first ${MAX_READ} users of the project.`,
	placeholder: 'e.g. 200001',
	field: 'cloginId',
	title: titleOf,
	records: async (context: ILoadOptionsFunctions, filter: string) =>
		await searchUsers(context, filter, isOffered),
});

export const { locator, listSearch } = resourceLocators({
	user: userSource('User', 'The user', () => true),
	parent: userSource('Parent', 'The parent in a family system', ({ isChild }) => isChild !== true),
});
