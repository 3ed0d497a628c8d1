import type { IDataObject } from 'n8n-workflow';
import get from 'lodash/get';
import isPlainObject from 'lodash/isPlainObject';

import { asText, textAt } from '../../shared/values/text';
import { stepOf } from './changes';
import type { Snapshot } from '../trigger/snapshot';
import { stepStatusOf } from './stepChanges';

/** The steps that an application shows it went through, as listed; `undefined` in the older generation, which has none. */
function listedSteps(application: IDataObject): IDataObject[] | undefined {
	const items: unknown = get(application, 'steps.items');
	return Array.isArray(items) ? items.filter((item): item is IDataObject => isPlainObject(item)) : undefined;
}

/** Whether two dates are written alike, so that their texts can be compared: days, or times. */
const areAlike = (one: string | null, other: string | null): boolean => one !== null && one.length === other?.length;

/** Whether a date is certainly before another; two equal days say nothing. */
const isBefore = (one: string | null, other: string | null): boolean => areAlike(one, other) && one! < other!;

const isSameStep = (one: IDataObject | undefined, other: IDataObject): boolean => {
	if (one === undefined || asText(one.id) !== asText(other.id)) return false;
	const [date, otherDate] = [asText(one.date), asText(other.date)];
	return !areAlike(date, otherDate) || date === otherDate;
};

/** By the dates of the steps at both ends; on one day by where a START is, and then by where the current step is. */
function isNewestFirst(first: IDataObject | undefined, last: IDataObject | undefined, current: IDataObject): boolean {
	const [firstDate, lastDate] = [asText(first?.date), asText(last?.date)];
	if (firstDate !== lastDate) return isBefore(lastDate, firstDate);
	const [isFirstStart, isLastStart] = [first?.status === 'START', last?.status === 'START'];
	if (isFirstStart !== isLastStart) return isLastStart;
	return isSameStep(first, current) && !isSameStep(last, current);
}

/**
 * An application's own history of steps, oldest first, the current one last. In which order it is listed, and
 * whether it holds the current step, is not documented.
 *
 * @returns `undefined` where the application has none
 */
export function historyOf(application: IDataObject): IDataObject[] | undefined {
	const items = listedSteps(application);
	const current = application.step as IDataObject | undefined;
	if (!items || textAt(current, 'id') === null) return undefined;
	const steps = isNewestFirst(items[0], items.at(-1), current!) ? [...items].reverse() : items;
	return isSameStep(steps.at(-1), current!) ? steps : [...steps, current!];
}

/** How much of a step's texts goes into a key. */
const MOST_IN_KEY = 30;

const inKey = (value: unknown): string => (asText(value) ?? '').slice(0, MOST_IN_KEY);

/** What tells a step of a history from every other: the same step reached again has another place. */
export const keyInHistory = (step: IDataObject, index: number): string =>
	`step-${inKey(step.id)}@${inKey(step.date)}#${index + 1}`;

/**
 * What tells the state of an application from every earlier one, by the application alone: its history, or the
 * time at which it reached its step. A day does not do: A→B→A is possible within one.
 *
 * @returns `undefined` where the application does not say, as in the older generation
 */
export function stateKeyOf(application: IDataObject): string | undefined {
	const history = historyOf(application);
	if (history) return keyInHistory(history.at(-1)!, history.length - 1);
	const [id, date] = [textAt(application, 'step.id'), textAt(application, 'step.date')];
	return id !== null && date !== null && date.length > 'YYYY-MM-DD'.length ? `step-${inKey(id)}@${inKey(date)}` : undefined;
}

/** How many steps are no first ones: whether the first step stands in the list of changes is not documented. */
function countLater(statuses: readonly (string | null)[]): number | undefined {
	return statuses.includes(null) ? undefined : statuses.filter((status) => status !== 'START').length;
}

/** Whether the newest change of the list is to the step in which the application is, and of no earlier date. */
export function showsCurrent({ application, changes = [] }: Snapshot): boolean {
	const newest = changes.at(-1);
	if (!newest) return false;
	const current = textAt(application, 'step.id');
	const isEarlier = isBefore(asText(newest.date), textAt(application, 'step.date'));
	return !isEarlier && (current === null || asText(stepOf(newest).id) === current);
}

/**
 * Whether the list of changes does not show yet what the application shows: its newest change is to another step
 * or of an earlier date, or the application's history has more steps. A newest change to another step may also be
 * one that the application does not show yet; then the list has more steps than the history.
 */
export function isBehind(snapshot: Snapshot): boolean {
	const { application, changes = [] } = snapshot;
	const items = listedSteps(application);
	const inHistory = items && countLater(items.map((item) => asText(item.status)));
	const inList = countLater(changes.map(stepStatusOf));
	const areCounted = inHistory !== undefined && inList !== undefined;
	if (showsCurrent(snapshot)) return areCounted && inList < inHistory;
	const isEarlier = isBefore(asText(changes.at(-1)?.date), textAt(application, 'step.date'));
	return isEarlier || !(areCounted && inList > inHistory);
}
