import type { IDataObject } from 'n8n-workflow';

import { asText, textAt, textsIn } from '../../shared/values/text';

/**
 * Events that are read from a step change, because JobAffinity documents no event for them. Its
 * guide says that there are others besides step changes, but not their names.
 */

/** A change to a START step that is the application's first change. */
export const APPLICATION_RECEIVED = 'application.received';

/** A change to a step that ends the process. */
export const END_STEP_REACHED = 'application.end_step_reached';

const isText = (value: unknown, text: string): boolean =>
	asText(value)?.trim().toLowerCase() === text.trim().toLowerCase();

/** Whether a step is one that applications begin in; START is documented. */
export const isStart = ({ status }: IDataObject): boolean => isText(status, 'START');

/** Texts of End Steps, in the options of a trigger. */
export const endStepsIn = (options: unknown): string[] =>
	textsIn((options as IDataObject | null)?.endSteps);

/**
 * Whether a step ends the process: by its status, which is documented, or because the user says so
 * by its name or ID. Whether all accounts give that status to all such steps is not documented.
 */
const isEnd = ({ id, name, status }: IDataObject, endSteps: readonly string[]): boolean =>
	isText(status, 'END') || endSteps.some((each) => isText(name, each) || isText(id, each));

/**
 * What a step change stands for besides itself.
 *
 * @param isFirst whether it is the application's first change
 */
export const derivedTypes = (
	step: IDataObject,
	{ isFirst, endSteps }: { isFirst: boolean; endSteps: readonly string[] },
): string[] => [
	...(isFirst && isStart(step) ? [APPLICATION_RECEIVED] : []),
	...(isEnd(step, endSteps) ? [END_STEP_REACHED] : []),
];

/**
 * The key of an event that is read from a step change. An application is received once, so it has
 * no part of the change.
 *
 * @param changeKey the key of the change
 */
export const derivedKey = (type: string, applicationId: string, changeKey: string): string =>
	type === APPLICATION_RECEIVED ? applicationId : changeKey;

const DAY_MS = 24 * 60 * 60_000;

/**
 * Whether a change may be the application's first, where nothing else says so: it must not be days
 * later than the application itself. Their dates may be days, and their zones are unknown.
 */
export function mayBeFirst(application: IDataObject, step: IDataObject): boolean {
	const [received, changed] = [textAt(application, 'date'), textAt(step, 'date')];
	return !(Date.parse(changed ?? '') - Date.parse(received ?? '') > 2 * DAY_MS);
}
