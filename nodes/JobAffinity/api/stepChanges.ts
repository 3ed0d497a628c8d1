import type { IDataObject } from 'n8n-workflow';
import defaults from 'lodash/defaults';
import get from 'lodash/get';

import { textAt } from '../../shared/values/text';

/** Whether a step change is of the new generation, which has the step's name and status beside its `id`. */
const isFlat = (change: unknown): boolean =>
	get(change, 'change_id') !== undefined || textAt(change, 'name') !== null || textAt(change, 'status') !== null;

/** The ID of a step change: the old generation of the reference calls it `id`, which in the new one is the step's. */
export const changeIdOf = (change: unknown): unknown => get(change, isFlat(change) ? 'change_id' : 'id') ?? null;

/** The ID of the step that was reached, in both generations. */
export const stepIdOf = (change: unknown): string | null => textAt(change, isFlat(change) ? 'id' : 'step.id');

/** Name of the step that was reached, in both generations. */
export const stepNameOf = (change: unknown): string | null => textAt(change, 'name') ?? textAt(change, 'step.name');

/** START, CURRENT or END (documented), in both generations. */
export const stepStatusOf = (change: unknown): string | null => textAt(change, 'status') ?? textAt(change, 'step.status');

/** The step change as it is, with what both generations have under one name; no key of its own is replaced. */
export const normalizeStepChange = (change: IDataObject): IDataObject =>
	defaults(
		{ ...change },
		{
			changeId: changeIdOf(change),
			stepName: stepNameOf(change),
			stepStatus: stepStatusOf(change),
			applicationLink: textAt(change, 'application._self'),
		},
	);
