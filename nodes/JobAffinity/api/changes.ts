import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import sortBy from 'lodash/sortBy';

import type { CallContext } from '../../shared/http/request';
import { asText, textAt } from '../../shared/values/text';
import { changeIdOf as anyChangeIdOf, stepIdOf, stepNameOf, stepStatusOf } from './stepChanges';
import { apiPath, call } from './transport';

/**
 * The ID of a change as a number, `null` when it has none; both generations of the reference are read. In
 * which order JobAffinity lists changes is not documented.
 */
export function changeIdOf(change: IDataObject): number | null {
	const id = Number(asText(anyChangeIdOf(change)) ?? NaN);
	return Number.isFinite(id) ? id : null;
}

/** Those of the API have some dozens of characters. */
const LONGEST_LINK = 2000;

/** The ID in a link such as `/restapi/v1/application/410`. */
export function idInLink(link: unknown): string | null {
	const text = asText(link) ?? '';
	if (text.length > LONGEST_LINK) return null;
	return /\/(\d+)\/?$/.exec(text.split('?', 1)[0])?.[1] ?? null;
}

/** The ID of the application that an object is about: a change, a delivery or a webhook call. */
export const applicationIdOf = (about: IDataObject): string | null =>
	textAt(about, 'application.id') ?? idInLink(get(about, 'application._self'));

/** The step that a change reached. */
export const stepOf = (change: IDataObject): IDataObject => ({
	id: Number(stepIdOf(change) ?? NaN) || null,
	name: stepNameOf(change),
	status: stepStatusOf(change),
	date: change.date ?? null,
});

/** Of changes in the order in which they are listed. */
export const isOldestFirst = (changes: readonly IDataObject[]): boolean => {
	const ids = changes.map(changeIdOf).filter((id) => id !== null);
	return ids.length > 1 && ids[0] < ids[ids.length - 1];
};

/** The largest page (documented). */
const PAGE = 100;

/** No ID of a change is larger. */
const BEYOND = 2 ** 31;

/** A page of the changes after an ID; whether `since` includes the ID itself is not documented. */
async function pageAfter(context: CallContext, since: number | undefined) {
	const page = await call(context, { link: apiPath`/step`, query: { since, limit: PAGE }, expectsList: true });
	const changes = page.items as IDataObject[];
	return {
		changes,
		newest: Math.max(since ?? 0, ...changes.map((change) => changeIdOf(change) ?? 0)),
		hasNewer: isOldestFirst(changes) && asText(page._next) !== null,
	};
}

/**
 * The newest changes of all, newest first, at least one if there is any and at most a page. Listed newest
 * first, one request tells. Listed oldest first, it leaps ahead by `since`, twice as far each time, and
 * halves the way when it has leapt too far: 3 requests for 350 changes with IDs in a row, 14 for 5,000.
 */
export async function newestChanges(context: CallContext): Promise<IDataObject[]> {
	let page = await pageAfter(context, undefined);
	let beyond = BEYOND;
	for (let leap = 0; page.hasNewer; leap = leap * 2 || PAGE) {
		const target = Math.min(page.newest + leap, Math.floor((page.newest + beyond) / 2));
		const found = await pageAfter(context, target);
		if (found.newest > target) page = found;
		else if (target > page.newest) beyond = target;
		// What was newer has gone meanwhile.
		else break;
	}
	return sortBy(page.changes, changeIdOf).reverse();
}

/** The ID of the newest change, 0 when there is none. */
export async function newestChangeId(context: CallContext): Promise<number> {
	const [newest] = await newestChanges(context);
	return newest ? (changeIdOf(newest) ?? 0) : 0;
}
