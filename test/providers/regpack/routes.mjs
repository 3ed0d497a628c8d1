import { json } from '../shared/answers.mjs';
import { mistaken } from './answers.mjs';
import { integer } from './arguments.mjs';
import { createChild, createUser } from './create.mjs';
import { addEmail } from './email.mjs';
import { getInfo } from './info.mjs';
import { listUsers } from './list.mjs';
import { loginToken } from './login.mjs';
import { Mistake } from './mistake.mjs';
import { addProduct } from './order.mjs';
import { createCategory, createProduct, editCategory } from './products.mjs';
import { createStatus, setStatus } from './status.mjs';
import { updateUser } from './update.mjs';

/** @typedef {import('../shared/answers.mjs').Answer} Answer */

/**
 * @typedef {object} Call
 * @property {import('./changes.mjs').Changes} account only what nobody is told of: the API never
 * fires webhooks (documented, webhooks)
 * @property {import('./settings.mjs').Settings} settings
 * @property {ReturnType<typeof import('./list.mjs').createOrder>} order
 * @property {number} groupId
 * @property {import('./arguments.mjs').Body} body
 */

/** @typedef {(call: Call) => Answer} Handler */

const ROOT = '/reg/api2';

/**
 * The operation is chosen by `action`, never by verb or path (documented, user and status). The
 * trailing slash stands in every example; whether it may be missing is unknown, and here it may
 * not. That products are created at /products/, too, is inferred.
 *
 * @type {Record<string, Record<string, Handler>>}
 */
const ACTIONS = {
	[`${ROOT}/users/`]: {
		...{ create: createUser, create_child: createChild, login: loginToken, update: updateUser },
		...{ add_product: addProduct, add_email: addEmail, set_status: setStatus },
		...{ get_info: getInfo, get_user_list: listUsers },
	},
	[`${ROOT}/statuses/`]: { create: createStatus },
	[`${ROOT}/products/`]: {
		create: createProduct,
		create_category: createCategory,
		edit_category: editCategory,
	},
};

/** @param {string} path */
export const isRoute = (path) => Object.hasOwn(ACTIONS, path);

/**
 * The organization's projects are the only ones (documented, user).
 *
 * @param {Omit<Call, 'groupId'>} call
 * @param {string} path
 */
export function answer(call, path) {
	const { account, settings, body } = call;
	try {
		const handler = Object.hasOwn(ACTIONS[path], String(body.action))
			? ACTIONS[path][String(body.action)]
			: undefined;
		if (!handler) throw new Mistake('Unknown action');
		const groupId = integer(body, 'group_id');
		if (!account.projects.some(({ id }) => id === groupId))
			throw new Mistake('group_id is not of your organization');
		return handler({ ...call, groupId });
	} catch (error) {
		if (error instanceof Mistake) return mistaken(settings, error);
		throw error;
	}
}

/** Unknown. */
export const notARoute = json(404, { success: false, msg: 'Not found' });
export const notAMethod = json(405, { success: false, msg: 'Method not allowed' });

export { ROOT };
