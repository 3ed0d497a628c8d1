import type { IDataObject } from 'n8n-workflow';
import defaults from 'lodash/defaults';
import get from 'lodash/get';
import sortBy from 'lodash/sortBy';

import type { CallContext } from '../../shared/http/request';
import { asText, textAt } from '../../shared/values/text';
import { idInLink } from './ids';
import { PAGE_SIZE } from './pagination';
import { apiPath, call } from './transport';

/**
 * Whether a step change is of the new generation, which has the step's name and status beside its
 * `id`.
 */
const isFlat = (change: IDataObject): boolean =>
	get(change, 'change_id') !== undefined ||
	textAt(change, 'name') !== null ||
	textAt(change, 'status') !== null;

/**
 * The change's ID as it is: the old generation of the reference calls it `id`, which in the new one
 * is the step's.
 */
const rawChangeId = (change: IDataObject): unknown =>
	get(change, isFlat(change) ? 'change_id' : 'id') ?? null;

/** The ID of a step change, in both generations; `null` when it has none. */
export function changeIdOf(change: IDataObject): number | null {
	const id = Number(asText(rawChangeId(change)) ?? NaN);
	return Number.isFinite(id) ? id : null;
}

const stepNameOf = (change: IDataObject): string | null =>
	textAt(change, 'name') ?? textAt(change, 'step.name');

/** START, CURRENT or END (documented), in both generations. */
export const stepStatusOf = (change: IDataObject): string | null =>
	textAt(change, 'status') ?? textAt(change, 'step.status');

/** The step that was reached, in both generations. */
export const stepOf = (change: IDataObject): IDataObject => ({
	id: Number(textAt(change, isFlat(change) ? 'id' : 'step.id') ?? NaN) || null,
	name: stepNameOf(change),
	status: stepStatusOf(change),
	date: change.date ?? null,
});

/** The ID of the application of a step change, a delivery or a webhook call. */
export const applicationIdOf = (record: IDataObject): string | null =>
	textAt(record, 'application.id') ?? idInLink(get(record, 'application._self'));

/**
 * The step change, with keys added that are the same in both generations; none of its own is
 * replaced.
 */
export const normalizeStepChange = (change: IDataObject): IDataObject =>
	defaults(
		{ ...change },
		{
			changeId: rawChangeId(change),
			stepName: stepNameOf(change),
			stepStatus: stepStatusOf(change),
			applicationLink: textAt(change, 'application._self'),
		},
	);

/**
 * Whether a list has the oldest change first: in which order JobAffinity lists changes is not
 * documented.
 */
export const isOldestFirst = (changes: readonly IDataObject[]): boolean => {
	const ids = changes.map(changeIdOf).filter((id) => id !== null);
	return ids.length > 1 && ids[0] < ids[ids.length - 1];
};

/** No ID of a change is larger. */
const MAX_ID = 2 ** 31;

/** A page of the changes after an ID; whether `since` includes the ID itself is not documented. */
async function pageAfter(context: CallContext, since: number | undefined) {
	const page = await call(context, {
		link: apiPath`/step`,
		query: { since, limit: PAGE_SIZE },
		expectsList: true,
	});
	const changes = page.items as IDataObject[];
	return {
		changes,
		newest: Math.max(since ?? 0, ...changes.map((change) => changeIdOf(change) ?? 0)),
		hasNewer: isOldestFirst(changes) && asText(page._next) !== null,
	};
}

/**
 * The newest changes of the account, newest first: at least one if there are any, at most a page.
 * If they are listed newest first, that is one request. If they are listed oldest first, the search
 * jumps ahead by `since`, twice as far each time, and bisects once it has jumped too far: 3
 * requests for 350 changes with consecutive IDs, 14 for 5,000.
 */
export async function newestChanges(context: CallContext): Promise<IDataObject[]> {
	let page = await pageAfter(context, undefined);
	let upperBound = MAX_ID;
	for (let jump = 0; page.hasNewer; jump = jump * 2 || PAGE_SIZE) {
		const target = Math.min(page.newest + jump, Math.floor((page.newest + upperBound) / 2));
		const next = await pageAfter(context, target);
		if (next.newest > target) page = next;
		else if (target > page.newest) upperBound = target;
		// The newer changes have been deleted meanwhile.
		else break;
	}
	return sortBy(page.changes, changeIdOf).reverse();
}

/**
 * An ID up to which no change counts, so that an account's whole history need not be read: 0 unless
 * the oldest are listed first. Like `newestChanges` it jumps ahead and bisects. That later changes
 * have later dates is inferred.
 *
 * @param isTooOld whether a change, and so every one before it, does not count
 */
export async function idBefore(
	context: CallContext,
	isTooOld: (change: IDataObject) => boolean,
): Promise<number> {
	let low = 0;
	let upperBound = MAX_ID;
	for (let jump = 0; upperBound - low > 1; jump = jump * 2 || PAGE_SIZE) {
		const target = Math.min(low + jump, Math.floor((low + upperBound) / 2));
		const { changes, hasNewer } = await pageAfter(context, target);
		if (target === 0 && !hasNewer) return 0;
		const old = changes.filter(isTooOld).map((change) => changeIdOf(change) ?? 0);
		if (old.length === 0) upperBound = target;
		else low = Math.max(low, ...old);
		if (target === 0 && old.length === 0) return 0;
		if (old.length > 0 && old.length < changes.length) return low;
	}
	return low;
}

/** The ID of the newest change, 0 when there is none. */
export async function newestChangeId(context: CallContext): Promise<number> {
	const [newest] = await newestChanges(context);
	return newest ? (changeIdOf(newest) ?? 0) : 0;
}
