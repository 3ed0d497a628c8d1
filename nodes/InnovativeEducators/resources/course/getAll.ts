import { textsIn } from '../../../shared/values/text';
import { contentList } from '../../api/listSearch';
import { course } from '../../api/responseSchemas';
import { getMany } from '../readLists';

/** `GET /content`, see `contentList`. */
export const getAll = getMany({
	objects: 'courses',
	fields: [
		{
			displayName: 'Content Types',
			name: 'types',
			type: 'string',
			default: '',
			description:
				'Types of content to list, as Thought Industries names them, separated by commas. Its documents ask for them; others list content without.',
		},
	],
	schema: course,
	listing(context, index) {
		const [types] = textsIn(context.getNodeParameter('types', index, ''));
		return contentList(types === undefined ? {} : { types });
	},
});
