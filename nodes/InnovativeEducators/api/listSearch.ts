import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { nameAndEmail, resourceLocators } from '../../shared/actions/resourceLocator';
import { textAt } from '../../shared/values/text';
import { pageIn } from './envelope';
import type { Listing } from './pagination';
import { call } from './transport';
import { userList } from './users';

/**
 * `GET /content` (addendum of the documents, rest/content/list), of which others read the list
 * `contentItems` at the top level. It is documented to need `types`, whose values are not known
 * here, and others call it without.
 */
export const contentList = (query: IDataObject = {}): Listing => ({
	path: '/content',
	list: 'contentItems',
	by: 'number',
	query: { perPage: 100, ...query },
});

/** Reads one page; the next is offered only if the response says that there is one. */
const recordsOf =
	({ path, list, query }: Listing) =>
	async (context: ILoadOptionsFunctions, _filter: string, next = '1') => {
		const number = Number(next);
		const request = { path, list, query: { ...query, page: number }, expectsList: true };
		const {
			records = [],
			hasMore,
			totalPages = 0,
		} = pageIn(await call(context, request), list) ?? {};
		const isMore = hasMore ?? number < totalPages;
		return { records, ...(isMore && records.length > 0 && { next: String(number + 1) }) };
	};

/** What parameters can select from a list, by the parameter's name. */
export const { locator, listSearch } = resourceLocators({
	course: {
		label: 'Course',
		description: 'The course, as the site lists its content',
		placeholder: 'e.g. 0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c03',
		title: (record) =>
			textAt(record, 'title') ?? textAt(record, 'slug') ?? textAt(record, 'id') ?? '',
		records: recordsOf(contentList()),
	},
	user: {
		label: 'User',
		description:
			'The learner, by ID or email address. An address takes longer: the list is searched.',
		placeholder: 'e.g. ada.learner@college.example',
		identifiedBy: 'ID or Email',
		title: ({ firstName, lastName, ...rest }) =>
			nameAndEmail({ ...rest, first_name: firstName, last_name: lastName }),
		records: recordsOf(userList()),
	},
});
