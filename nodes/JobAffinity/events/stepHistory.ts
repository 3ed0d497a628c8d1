import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import isPlainObject from 'lodash/isPlainObject';

import { asText, textAt } from '../../shared/values/text';
import { stepOf, stepStatusOf } from '../api/stepChanges';

/** What the API shows of an application at one moment. */
interface Shown {
	application: IDataObject;
	/** Its step changes, oldest first. */
	changes?: readonly IDataObject[];
}

/**
 * The steps that an application lists as its own; `undefined` in the older generation, which has
 * none.
 */
function listedSteps(application: IDataObject): IDataObject[] | undefined {
	const items: unknown = get(application, 'steps.items');
	return Array.isArray(items)
		? items.filter((item): item is IDataObject => isPlainObject(item))
		: undefined;
}

/** Whether two dates have the same format, days or times, so that their texts can be compared. */
const haveSameFormat = (one: string | null, other: string | null): boolean =>
	one !== null && one.length === other?.length;

/** Whether a date is certainly before another; of two changes on the same day, that is unknown. */
export const isBefore = (one: string | null, other: string | null): boolean =>
	haveSameFormat(one, other) && one! < other!;

const isSameStep = (one: IDataObject | undefined, other: IDataObject): boolean => {
	if (one === undefined || asText(one.id) !== asText(other.id)) return false;
	const [date, otherDate] = [asText(one.date), asText(other.date)];
	return !haveSameFormat(date, otherDate) || date === otherDate;
};

/**
 * By the dates of the first and last steps; on the same day by the place of a START, then by that
 * of the current step.
 */
function isNewestFirst(
	first: IDataObject | undefined,
	last: IDataObject | undefined,
	current: IDataObject,
): boolean {
	const [firstDate, lastDate] = [asText(first?.date), asText(last?.date)];
	if (firstDate !== lastDate) return isBefore(lastDate, firstDate);
	const [isFirstStart, isLastStart] = [first?.status === 'START', last?.status === 'START'];
	if (isFirstStart !== isLastStart) return isLastStart;
	return isSameStep(first, current) && !isSameStep(last, current);
}

/**
 * An application's own history of steps, oldest first, with the current one last. Its order, and
 * whether it includes the current step, is not documented.
 *
 * @returns `undefined` if the application has none
 */
export function historyOf(application: IDataObject): IDataObject[] | undefined {
	const items = listedSteps(application);
	const current = application.step as IDataObject | undefined;
	if (!items || textAt(current, 'id') === null) return undefined;
	const steps = isNewestFirst(items[0], items.at(-1), current!) ? [...items].reverse() : items;
	return isSameStep(steps.at(-1), current!) ? steps : [...steps, current!];
}

/** How much of a step's ID or date goes into a key. */
const MAX_KEY_PART_LENGTH = 30;

const keyPart = (value: unknown): string => (asText(value) ?? '').slice(0, MAX_KEY_PART_LENGTH);

/** Identifies a step of a history; the same step reached again has another position. */
export const keyInHistory = (step: IDataObject, index: number): string =>
	`step-${keyPart(step.id)}@${keyPart(step.date)}#${index + 1}`;

/**
 * Identifies the state of an application by the application alone: by its history, or by the time
 * at which it reached its step. A date without a time is not enough, as A→B→A is possible within a
 * day.
 *
 * @returns `undefined` if the application has neither, as in the older generation
 */
export function stateKeyOf(application: IDataObject): string | undefined {
	const history = historyOf(application);
	if (history) return keyInHistory(history.at(-1)!, history.length - 1);
	const [id, date] = [textAt(application, 'step.id'), textAt(application, 'step.date')];
	return id !== null && date !== null && date.length > 'YYYY-MM-DD'.length
		? `step-${keyPart(id)}@${keyPart(date)}`
		: undefined;
}

/**
 * The number of steps after the first: whether the list of changes includes the first step is not
 * documented.
 */
function countAfterStart(statuses: readonly (string | null)[]): number | undefined {
	return statuses.includes(null)
		? undefined
		: statuses.filter((status) => status !== 'START').length;
}

/**
 * Whether the newest listed change is to the application's current step, and not of an earlier
 * date.
 */
export function showsCurrent({ application, changes = [] }: Shown): boolean {
	const newest = changes.at(-1);
	if (!newest) return false;
	const current = textAt(application, 'step.id');
	const isEarlier = isBefore(asText(newest.date), textAt(application, 'step.date'));
	return !isEarlier && (current === null || asText(stepOf(newest).id) === current);
}

/**
 * Whether the list of changes lags behind the application: its newest change is to another step or
 * of an earlier date, or the application's history has more steps. If the newest change is to
 * another step, the application may also lag behind the list; then the list has more steps than the
 * history.
 */
export function isBehind(snapshot: Shown): boolean {
	const { application, changes = [] } = snapshot;
	const items = listedSteps(application);
	const inHistory = items && countAfterStart(items.map((item) => asText(item.status)));
	const inList = countAfterStart(changes.map(stepStatusOf));
	const areCounted = inHistory !== undefined && inList !== undefined;
	if (showsCurrent(snapshot)) return areCounted && inList < inHistory;
	const isEarlier = isBefore(asText(changes.at(-1)?.date), textAt(application, 'step.date'));
	return isEarlier || !(areCounted && inList > inHistory);
}
