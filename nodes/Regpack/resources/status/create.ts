import { booleanRow, requiredRow, textRow } from '../../../shared/actions/fieldTable';
import { statusResponse } from '../../api/responseSchemas';
import { callOperation } from '../callOperation';
import { project } from '../fields';

/** `create` of statuses, the only call about them (documented, status and create). */
export const create = callOperation({
	value: 'create',
	name: 'Create',
	action: 'Create status',
	description: 'Add a status that users can be given',
	fields: {
		main: [
			requiredRow(
				textRow('doc.status_name', 'Name', 'name', 'What the status is called', {
					placeholder: 'e.g. Waitlisted',
				}),
			),
			{
				key: 'doc.color',
				property: {
					displayName: 'Color',
					name: 'color',
					type: 'color',
					default: '#336699',
					description: 'The color in which Regpack shows the status',
				},
				convert(label, value, refuse) {
					const color = String(value).trim();
					if (/^#[0-9a-f]{6}$/i.test(color)) return color;
					throw refuse(`${label} is not a color`, 'Write it as in #336699.');
				},
			},
			{
				...booleanRow(
					'doc.is_excluded',
					'Excluding',
					'isExcluding',
					'Whether users with this status are excluded, and omitted from lists unless requested',
				),
				convert: (_label, value) => (value ? 1 : 0),
			},
			project,
		],
	},
	schema: statusResponse,
	call: { endpoint: 'statuses', action: 'create' },
});
