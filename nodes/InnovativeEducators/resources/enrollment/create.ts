import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { parameterError } from '../../../shared/actions/parameters';
import { requiredLocator } from '../../../shared/actions/resourceLocator';
import { path } from '../../../shared/http/path';
import { textAt, textsIn } from '../../../shared/values/text';
import { locator } from '../../api/listSearch';
import { call } from '../../api/transport';
import { findUser } from '../../api/users';

const user = locator('user', { required: true });
const course = locator('course', {
	required: true,
	displayOptions: { show: { courseBy: ['courseIds'] } },
});

const courseBy: INodeProperties = {
	displayName: 'Course By',
	name: 'courseBy',
	type: 'options',
	default: 'courseIds',
	description: 'What names the course',
	options: [
		{ name: 'ID', value: 'courseIds' },
		{ name: 'SKU', value: 'courseSkus' },
		{ name: 'Slug', value: 'courseSlugs' },
	],
};

const courseName: INodeProperties = {
	displayName: 'Course SKU or Slug',
	name: 'courseName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. new-student-orientation',
	description: 'The SKU or the slug of the course, as the site has it',
	displayOptions: { show: { courseBy: ['courseSkus', 'courseSlugs'] } },
};

/** @throws NodeOperationError when no course is named */
function courseOf(context: IExecuteFunctions, index: number, by: string): string {
	if (by === 'courseIds') return requiredLocator(context, course, index);
	const [name] = textsIn(context.getNodeParameter('courseName', index, ''));
	if (name !== undefined) return name;
	throw parameterError(context, index)(
		'Course SKU or Slug is empty',
		'Give it a value for this item.',
	);
}

/**
 * The ID of a user that is named by ID or email address.
 *
 * @throws NodeApiError, NodeOperationError as `findUser` does
 */
async function userIdOf(context: IExecuteFunctions, index: number): Promise<string> {
	const idOrEmail = requiredLocator(context, user, index);
	if (!idOrEmail.includes('@')) return idOrEmail;
	const id = textAt(await findUser(context, idOrEmail, index), 'id');
	if (id !== null) return id;
	throw parameterError(context, index)(
		'Thought Industries lists this user without an ID',
		"Enter the user's ID instead of the address.",
	);
}

/**
 * `PUT /users/:id` with `courseIds`, `courseSlugs` or `courseSkus` (documented, rest/users/update).
 * Whether it adds to the user's courses or replaces them is not documented, nor what it responds
 * with.
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create enrollment',
	description: 'Enroll a user in a course',
	fields: [
		{
			displayName:
				'Thought Industries does not document whether this <b>adds</b> the course or <b>replaces</b> the courses that the user has. Try it with a test user first.',
			name: 'enrollmentNotice',
			type: 'notice',
			default: '',
		},
		user,
		courseBy,
		course,
		courseName,
	],
	schema: z.object({
		success: z.boolean(),
		userId: z.string(),
		course: z.string(),
		response: z.object({}).passthrough(),
	}),
	async run(context, index) {
		const by = context.getNodeParameter('courseBy', index, 'courseIds') as string;
		const name = courseOf(context, index, by);
		const userId = await userIdOf(context, index);
		const response = await call(context, {
			method: 'PUT',
			path: path`/users/${userId}`,
			body: { [by]: [name] },
			object: 'user',
			id: userId,
		});
		return { success: true, userId, course: name, response };
	},
};
