import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { locatorsOf, nameAndEmail } from '../api/locators';
import { textAt } from '../delivery/text';
import { entryOf } from './entries';
import { collect } from './transport';

/** A list in the editor shows one page: more would use up the requests of a minute. */
const SHOWN = 100;

const title = (record: IDataObject) =>
	[textAt(record, 'title'), textAt(record, 'reference')].filter(Boolean).join(' – ') || (textAt(record, 'id') ?? '');

const from =
	(entry: 'candidates' | 'jobs', query: (filter: string) => IDataObject = () => ({})) =>
	async (context: ILoadOptionsFunctions, filter: string) =>
		(await collect(context, { link: await entryOf(context, entry), query: query(filter) }, SHOWN)).items;

export const { locator, listSearch } = locatorsOf({
	candidate: {
		label: 'Candidate',
		description: 'The candidate; type an email address to search for it',
		placeholder: 'e.g. 77',
		records: from('candidates', (filter) => (filter.includes('@') ? { email: filter } : {})),
		title: nameAndEmail,
	},
	job: {
		label: 'Job',
		description: 'The job',
		placeholder: 'e.g. 301',
		records: from('jobs'),
		title,
	},
});
