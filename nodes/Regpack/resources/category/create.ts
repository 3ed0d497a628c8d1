import type { Operation } from '../../../shared/actions/operation';
import { productAnswer } from '../../api/responseSchemas';
import { call } from '../../api/transport';
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
