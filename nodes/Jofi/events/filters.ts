import get from 'lodash/get';

import type { FilterDefinition, Payload } from '../../shared/events/types';
import { asText } from '../../shared/values/text';
import { assignedAssessments, completionIn, type AssignedAssessment } from './completion';

/**
 * Documented invitations, for one, name no team, no custom ID and no assessment
 * (api/integration-flow).
 */
const OTHERS_PASS = 'Events that do not name any pass as well.';

const asTexts = (values: unknown[]): string[] =>
	values.map(asText).filter((value) => value !== null);

const namesOf = ({ assessmentId, shortName, name }: AssignedAssessment) => [
	assessmentId,
	shortName,
	name,
];

/** A field of the event's object; `undefined` when it has no such key. */
const fieldOf = (payload: Payload, field: string): unknown => get(payload, `data.object.${field}`);

/**
 * The texts of a field: none when it is unset; `undefined` when it is absent or of an unexpected
 * type.
 */
function textsIn(field: unknown, values: unknown[]): string[] | undefined {
	const texts = asTexts(values);
	return texts.length > 0 || field === null ? texts : undefined;
}

/** Each applies to events that have its field; the others pass. */
export const filters: readonly FilterDefinition[] = [
	{
		name: 'assessments',
		label: 'Assessments',
		description: `Assessment Completed passes when this one was finished, Test Taker Created and All Assessments Completed when it is assigned. ${OTHERS_PASS}`,
		values: { from: 'list', takes: 'ID or name of an assessment', placeholder: 'e.g. Personality' },
		texts({ event: type, payload, extra }) {
			if (type === 'test_taker.assessment_completed') {
				const finished = completionIn(payload, extra);
				return finished && asTexts(namesOf(finished));
			}
			if (!Array.isArray(fieldOf(payload, 'assigned_assessments'))) return undefined;
			return asTexts(assignedAssessments(payload).flatMap(namesOf));
		},
	},
	{
		name: 'customIds',
		label: 'Custom IDs',
		description: OTHERS_PASS,
		values: {
			from: 'keyboard',
			takes: 'Custom ID, such as a requisition number',
			placeholder: 'e.g. REQ-9',
		},
		texts({ payload }) {
			const value = fieldOf(payload, 'custom_id');
			return textsIn(value, [value]);
		},
	},
	{
		name: 'teams',
		label: 'Teams',
		description: OTHERS_PASS,
		values: { from: 'list', takes: 'ID or name of a team', placeholder: 'e.g. Recruiting' },
		texts({ payload }) {
			const team = fieldOf(payload, 'team');
			return textsIn(team, [team, get(team, 'id'), get(team, 'display_name')]);
		},
	},
];
