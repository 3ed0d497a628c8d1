import type { Operation } from '../../../api/define';
import { productAnswer } from '../../answers';
import { call } from '../../transport';
import { project, projectIn } from '../fields';
import { categoryFields, categoryIn } from './fields';

/** `create_category` of products (documented, createcategory). The answer is not documented. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create product category',
	description: 'Add a category of products',
	fields: [...categoryFields, project],
	schema: productAnswer,
	async run(context, index) {
		return await call(context, {
			endpoint: 'products',
			action: 'create_category',
			groupId: projectIn(context, index),
			doc: categoryIn(context, index),
		});
	},
};
