import { InnovativeEducators } from '#dist/nodes/InnovativeEducators/InnovativeEducators.node.js';
import {
	courses,
	people,
	populated,
	START,
	startNode,
} from '../../integration/innovative-educators/api.mjs';
import { inMemory } from '../../integration/innovative-educators/node.mjs';
import { SIGNED } from './run.mjs';

/** @param {number} count */
const counted = (count) => [{ count, isAtLeast: false, reason: null }];

/** The completions of learners, the newest first, as items of the trigger. @param {number[]} learners */
const completed = (learners, source = 'api') =>
	learners.map((learner) => ({
		...{ provider: 'innovative-educators', event: 'courseCompletion', source },
		person: { id: `learner-${learner}`, email: `u${learner}@x.example` },
		course: { title: 'New Student Orientation' },
	}));

/**
 * @param {ReturnType<typeof populated>} ie
 * @returns {Record<string, import('./run.mjs').Case>}
 */
const casesOf = (ie) => ({
	'nightlyExport:parse': {
		items: [inMemory(ie.nightlyFile(new Date(START).toISOString().slice(0, 10)))],
		gives: completed([0, 1, 2], 'nightlyFile'),
	},
	'roster:compare': {
		after: 'nightlyExport:parse',
		parameters: {
			...{ learners: 'text', roster: 'email\nU1@x.example\nu9@x.example\n' },
			...{ learnerField: 'email', completions: 'items' },
		},
		gives: [
			{ learner: 'U1@x.example', isCompleted: true, courseTitle: 'New Student Orientation' },
			{ learner: 'u9@x.example', isCompleted: false, courseTitle: null },
		],
	},
	'completion:getAll': { gives: completed([2, 1, 0]) },
	'completion:getCount': { gives: counted(3) },
	'course:getAll': { gives: [0, 1].map((index) => ({ id: `course-${index}` })) },
	'course:getCount': { gives: counted(2) },
	'enrollment:getAll': {
		gives: [2, 1, 0].map((learner) => ({ userDetail: { id: `learner-${learner}` } })),
	},
	'enrollment:getCount': { gives: counted(3) },
	'user:getAll': { gives: [{ id: 'user-0', email: 'U0@x.example' }, { id: 'user-1' }] },
	'user:getCount': { gives: counted(2) },
	'user:get': {
		parameters: { user: 'u1@x.example' },
		gives: [{ id: 'user-1', email: 'U1@x.example', role: 'manager' }],
	},
	'user:create': {
		parameters: { email: 'new@x.example', additionalFields: { firstName: 'Ada' } },
		gives: [{ id: expect.any(String), email: 'new@x.example', firstName: 'Ada' }],
		sends: [['POST /users', { email: 'new@x.example', firstName: 'Ada' }]],
	},
	'enrollment:create': {
		parameters: { user: 'u0@x.example', course: 'course-1' },
		gives: [{ success: true, userId: 'user-0', course: 'course-1' }],
		sends: [['PUT /users/user-0', { courseIds: ['course-1'] }]],
	},
	'event:getManySince': {
		parameters: { readFrom: 'api', since: '2020-01-01T00:00:00Z' },
		gives: completed([0, 1, 2], 'replay'),
	},
	'event:getSample': {
		gives: [
			{
				...{ provider: 'innovative-educators', event: 'courseCompletion', source: 'sample' },
				title: 'Ada Learner completed New Student Orientation',
			},
		],
	},
});

/** @type {import('./run.mjs').Provider} */
export const innovativeEducators = {
	label: 'Innovative Educators, with the API of Thought Industries',
	node: new InnovativeEducators(),
	trigger: {
		type: 'innovativeEducatorsTrigger',
		path: 'innovative-educators',
		parameters: { events: ['*'] },
	},
	event: { event: 'courseCompletion' },
	verified: SIGNED,
	async open() {
		const ie = populated(3);
		const { completions } = ie;
		const { site, withKey, close } = await startNode({
			...{ completions, enrollments: completions, users: people(2), content: courses(2) },
		});
		return {
			...withKey(site.key),
			cases: casesOf(ie),
			written: () =>
				site.requests.flatMap(({ method, path, body }) =>
					method === 'GET' ? [] : [[`${method} ${path}`, JSON.parse(body ?? 'null')]],
				),
			close,
		};
	},
};
