import { textRow } from '../../shared/actions/fieldTable';
import { parseId } from '../api/ids';

export const project = {
	...textRow(
		'group_id',
		'Project ID',
		'projectId',
		'The project, which Regpack calls group_id. Leave empty to use the project of the credential.',
		{
			placeholder: 'e.g. 100000001',
		},
	),
	convert: parseId,
};
