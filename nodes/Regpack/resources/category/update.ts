import type { Operation } from '../../../shared/actions/operation';
import { productAnswer } from '../../api/responseSchemas';
import { idOf } from '../../api/ids';
import { call } from '../../api/transport';
import { project, projectIn, text } from '../fields';
import { categoryFields, categoryIn } from './fields';

const category = text('Category ID', 'categoryId', 'The ID of the category at Regpack; no call lists them', {
	required: true,
	placeholder: 'e.g. 801',
});

/** `edit_category` of products (documented, editcategory). The answer is not documented. */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update product category',
	description: 'Change a category of products; its name is sent along, as Regpack needs it',
	fields: [category, ...categoryFields, project],
	schema: productAnswer,
	async run(context, index) {
		const category_id = idOf(context, category, index);
		return await call(context, {
			endpoint: 'products',
			action: 'edit_category',
			groupId: projectIn(context, index),
			doc: { category_id, ...categoryIn(context, index) },
			object: 'category',
			id: String(category_id),
		});
	},
};
