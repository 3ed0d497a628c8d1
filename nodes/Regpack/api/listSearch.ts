import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { resourceLocators } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { applicantOf } from '../events/applicant';
import { fieldsOfUser } from './fieldIndex';
import { productsOfUser } from './products';
import { usedStatuses, type Status } from './statuses';
import { MAX_READ, searchPages, userOrFirst } from './userLists';

/** How many users a list in the editor shows. */
const MAX_SHOWN = 500;

/** How long a search may take. */
const TIMEOUT_MS = 20_000;

type Applicant = ReturnType<typeof applicantOf>;

const titleOf = (applicant: object): string =>
	[textAt(applicant, 'displayName'), `(${textAt(applicant, 'cloginId')})`]
		.filter(Boolean)
		.join(' ');

/** The project of the node, which a trigger has among its options; the credential's without one. */
const projectOf = (context: ILoadOptionsFunctions) =>
	context.getCurrentNodeParameter('projectId') ??
	context.getCurrentNodeParameter('settings.projectId');

/**
 * The users of the node's project who can be chosen and match, including those with an excluding
 * status.
 */
async function searchUsers(
	context: ILoadOptionsFunctions,
	filter: string,
	isOffered: (applicant: Applicant) => boolean,
): Promise<Applicant[]> {
	const text = filter.toLowerCase();
	const found: Applicant[] = [];
	const search = { groupId: projectOf(context), deadline: Date.now() + TIMEOUT_MS };
	// Users who cannot be read cannot be chosen, but the others can.
	for await (const { users } of searchPages(context, search)) {
		found.push(
			...users
				.map(applicantOf)
				.filter(
					(applicant) => isOffered(applicant) && titleOf(applicant).toLowerCase().includes(text),
				),
		);
		if (found.length >= MAX_SHOWN) break;
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

/** Clears the status (documented, setstatus). */
const NO_STATUS: Status = { id: '0', name: 'No Status' };

async function searchStatuses(context: ILoadOptionsFunctions): Promise<Status[]> {
	const found = [NO_STATUS];
	const search = { groupId: projectOf(context), deadline: Date.now() + TIMEOUT_MS };
	for await (const statuses of usedStatuses(context, search)) found.push(...statuses);
	return found;
}

/** The user that the node is about, or the first of the project. */
const userOf = async (context: ILoadOptionsFunctions): Promise<number> =>
	await userOrFirst(context, projectOf(context), context.getCurrentNodeParameter('user'));

const named = (name: unknown, id: unknown): string =>
	name ? `${String(name)} (${String(id)})` : String(id);

export const { locator, listSearch, choices } = resourceLocators({
	user: userSource('User', 'The user', () => true),
	parent: userSource('Parent', 'The parent in a family system', ({ isChild }) => isChild !== true),
	status: {
		label: 'Status',
		description:
			'The status to set, or 0 to clear it. Regpack shows the IDs under User Management > Tools > Edit Statuses.',
		placeholder: 'e.g. 70001, or 0 for none',
		namePlaceholder: 'e.g. Accepted',
		listHint: `Regpack lists no statuses: these are the ones that the first ${MAX_READ} users have`,
		title: ({ name, id }) => named(name, id),
		records: searchStatuses,
	},
	product: {
		label: 'Product',
		description:
			"The product to add. Regpack shows the ID in the product's information tab. By Name takes one more request.",
		placeholder: 'e.g. 501',
		namePlaceholder: 'e.g. Week 1',
		listHint: 'The products that the user may select',
		title: ({ name, id }) => named(name, id),
		records: async (context) =>
			await productsOfUser(context, projectOf(context), await userOf(context)),
	},
	field: {
		label: 'Field',
		description: 'A field of a form, by its mapped name or its ID such as f_111111_1222222',
		placeholder: 'e.g. shirt_size',
		field: 'key',
		identifiedBy: 'Name or ID',
		listHint: 'The fields of the forms that the user has',
		title: ({ key, label }) => named(label, key),
		records: async (context) =>
			await fieldsOfUser(context, projectOf(context), await userOf(context)),
	},
});

/** The list that a filter chooses from, by the filter's name. */
export const loadOptions = { statuses: choices('status') };
