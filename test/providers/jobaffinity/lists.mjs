import { applicationFilters, candidateFilters, noteFilters, stepFilters } from './filters.mjs';
import { isListed } from './lag.mjs';
import { noteOf, thinJobOf, webhookTaskOf } from './shapes/common.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds} Kinds */

/**
 * @template {keyof Kinds} Kind
 * @typedef {object} List
 * @property {Kind} kind
 * @property {string} schema
 * @property {import('./filters.mjs').Filters<Kinds[Kind]>} filters beside limit, since and
 * pagecursor
 * @property {(settings: import('./settings.mjs').Settings) => 'newest' | 'oldest'} order
 * @property {(account: import('./account.mjs').Account, record: Kinds[Kind], world: World) => boolean} visible
 * @property {(world: World, record: Kinds[Kind]) => object} item
 */

/** @type {(settings: import('./settings.mjs').Settings) => 'newest' | 'oldest'} */
const anyOrder = ({ listOrder }) => listOrder;

/** @param {import('./account.mjs').Account} account @param {{ id: number }} record */
const allowed = ({ forbidden }, { id }) => !forbidden.has(id);

/**
 * The paginated lists (documented, pagination). Schemas: jobs and webhooktasks are documented, the
 * others inferred.
 *
 * @type {{ [Kind in 'job' | 'candidate' | 'application' | 'stepChange' | 'note' | 'webhookTask']: List<Kind> }}
 */
export const LISTS = {
	job: {
		...{ kind: 'job', schema: 'jobs', filters: {}, order: anyOrder, visible: allowed },
		item: (world, job) =>
			world.settings.jobListItem === 'thin' ? thinJobOf(world, job) : world.shapes.job(world, job),
	},
	candidate: {
		...{
			kind: 'candidate',
			schema: 'candidates',
			filters: candidateFilters,
			order: anyOrder,
			visible: allowed,
		},
		item: (world, candidate) => world.shapes.candidate(world, candidate),
	},
	application: {
		// That those of a job take the same parameters as those of a candidate is inferred.
		...{
			kind: 'application',
			schema: 'applications',
			filters: applicationFilters,
			order: anyOrder,
			visible: allowed,
		},
		item: (world, application) => world.shapes.application(world, application),
	},
	stepChange: {
		...{
			kind: 'stepChange',
			schema: 'steps',
			filters: stepFilters,
			order: ({ stepOrder }) => stepOrder,
		},
		visible: ({ forbidden }, change, world) =>
			!forbidden.has(change.applicationId) && isListed(world, change),
		item: (world, change) => world.shapes.stepChange(world, change),
	},
	note: {
		...{ kind: 'note', schema: 'notes', filters: noteFilters, order: anyOrder, item: noteOf },
		visible: ({ forbidden }, { candidateId }) => !forbidden.has(candidateId),
	},
	webhookTask: {
		...{
			kind: 'webhookTask',
			schema: 'webhooktasks',
			filters: {},
			order: ({ taskOrder }) => taskOrder,
			item: webhookTaskOf,
		},
		visible: () => true,
	},
};
