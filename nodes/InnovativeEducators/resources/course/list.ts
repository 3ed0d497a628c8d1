import { textsIn } from '../../../shared/values/text';
import { contentList } from '../../api/listSearch';
import { listOf } from '../readOperations';
import { records } from '../records';

/** `GET /content`, see `contentList`. */
export const list = listOf({
	objects: 'courses',
	filters: [
		{
			displayName: 'Content Types',
			name: 'types',
			type: 'string',
			default: '',
			description:
				'Types of content to list, as Thought Industries names them, separated by commas. Its documents ask for them; others list content without.',
		},
	],
	record: records.course,
	listing(context, index) {
		const [types] = textsIn(context.getNodeParameter('types', index, ''));
		return contentList(types === undefined ? {} : { types });
	},
});
