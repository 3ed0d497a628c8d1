import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { textAt, textsIn } from '../../../shared/values/text';
import { fetchLinked } from '../../events/details';
import type { Select } from '../../api/pagination';
import { rootLink } from '../../api/rootLinks';
import { apiPath } from '../../api/transport';
import { listOf } from '../readOperations';
import { records } from '../records';

/**
 * Statuses of a job (documented, reference: get job by ID), and OPEN, which the reference shows in
 * an application. There may be others: enums may change without a new version (documented).
 */
const STATUSES = {
	ARCHIVED: 'Archived',
	CLOSED: 'Closed',
	DRAFT: 'Draft',
	OPEN: 'Open',
	PENDING_APPROVAL: 'Pending Approval',
	PUBLISHED: 'Published',
};

/**
 * No filter of the list is documented, so the node itself leaves out what does not match. The list
 * is documented to show at least the title; the status may be in the job's own record only.
 */
const filters: INodeProperties[] = [
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		default: [],
		description:
			'Only jobs with one of these statuses. As JobAffinity has no such filter, the node reads the list and leaves out the others; if the list shows no status, this takes a request for each job whose title matches.',
		options: Object.entries(STATUSES).map(([value, name]) => ({ name, value })),
	},
	{
		displayName: 'Title Contains',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. warehouse',
		description:
			'Only jobs whose title contains this text, in upper or lower case. As JobAffinity has no such filter, the node reads the list and leaves out the others.',
	},
];

const lower = (text: string | null): string => (text ?? '').trim().toLowerCase();

/** The job's own record if the list does not show its status. */
const withStatus = async (context: IExecuteFunctions, record: IDataObject): Promise<IDataObject> =>
	textAt(record, 'status') === null
		? await fetchLinked(
				context,
				textAt(record, '_self') ?? apiPath`/job/${textAt(record, 'id') ?? ''}`,
				'job',
			)
		: record;

/** Which jobs pass the filters; `undefined` where none is set. */
function selection(context: IExecuteFunctions, index: number): Select | undefined {
	const { statuses, title } = context.getNodeParameter('filters', index, {}) as IDataObject;
	const wanted = textsIn(statuses).map(lower);
	const [part = ''] = textsIn(title).map(lower);
	if (wanted.length === 0 && part === '') return undefined;
	const accepts = (record: IDataObject) => lower(textAt(record, 'title')).includes(part);
	if (wanted.length === 0) return { accepts };
	return {
		accepts,
		async load(record) {
			const found = await withStatus(context, record);
			return wanted.includes(lower(textAt(found, 'status'))) ? found : undefined;
		},
	};
}

/**
 * GET /job, by the root's link: those that the API user has access to (documented, guide on
 * discovery).
 */
export const list = listOf({
	objects: 'jobs',
	filters,
	record: records.job,
	request: async (context) => ({ link: await rootLink(context, 'jobs') }),
	select: selection,
});
