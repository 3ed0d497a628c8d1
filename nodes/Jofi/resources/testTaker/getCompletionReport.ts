import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';
import { z } from 'zod';

import { limit, returnAll } from '../../../shared/actions/fields';
import { LIMIT_REACHED, withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { assessment } from '../../../shared/events/contract';
import { fullName } from '../../../shared/events/title';
import { sentenceOf } from '../../../shared/http/errors';
import { path } from '../../../shared/http/path';
import { READS_AT_ONCE, readAhead } from '../../../shared/http/readAhead';
import { textAt, textsIn } from '../../../shared/values/text';
import { KEY_NOT_ACCEPTED } from '../../api/errors';
import { call, list } from '../../api/transport';
import { progressOf } from '../../events/blocks';
import { assignedAssessments, lastCompletion } from '../../events/completion';
import { ownerOf } from '../../events/person';

const lowerCase = (text: string): string => text.toLowerCase();

/**
 * Whether a listed test taker has one of the values; all have, if none is given. What is left out
 * here costs no request.
 */
function passes(testTaker: IDataObject, paths: readonly string[], values: readonly string[]) {
	const texts = paths.map((each) => lowerCase(textAt(testTaker, each) ?? ''));
	return values.length === 0 || values.some((value) => texts.includes(lowerCase(value)));
}

const namesOf = (items: ReadonlyArray<{ name: string | null; shortName: string | null }>) =>
	items.map(({ name, shortName }) => name ?? shortName ?? 'an assessment').join(', ');

/** One row from a test taker: from the list alone if it could not be read by its ID. */
function rowOf(testTaker: IDataObject, error: string | null) {
	const payload = { data: { object: testTaker } };
	const {
		items,
		completed = null,
		total = null,
		allCompleted = null,
	} = progressOf(payload, undefined);
	const [firstName, lastName] = [textAt(testTaker, 'first_name'), textAt(testTaker, 'last_name')];
	return {
		testTakerId: textAt(testTaker, 'id'),
		name: fullName(firstName, lastName),
		firstName,
		lastName,
		email: textAt(testTaker, 'email'),
		personId: textAt(testTaker, 'person_id'),
		customId: textAt(testTaker, 'custom_id'),
		team: textAt(testTaker, 'team.display_name'),
		invitedBy: ownerOf(payload).email ?? ownerOf(payload).name,
		invitedAt: textAt(testTaker, 'invitation_created_at'),
		completed,
		total,
		allCompleted,
		completedAssessments: namesOf(items.filter(({ status }) => status === 'completed')) || null,
		openAssessments: namesOf(items.filter(({ status }) => status !== 'completed')) || null,
		lastCompletedAt: lastCompletion(assignedAssessments(payload))?.completedAt ?? null,
		scorecardUrl: textAt(testTaker, 'scorecard_url'),
		assessmentUrl: textAt(testTaker, 'assessment_url'),
		assessments: items,
		error,
	};
}

/** The row of a listed test taker, with its assessments. */
async function readRow(context: IExecuteFunctions, listed: IDataObject) {
	const id = textAt(listed, 'id') ?? '';
	try {
		const full = await call(context, {
			path: path`/test-takers/${id}`,
			object: 'test taker',
			id,
		});
		return rowOf({ ...listed, ...full }, null);
	} catch (error) {
		// Nothing else can be read either.
		if ((error as Error).message === KEY_NOT_ACCEPTED)
			throw new NodeApiError(context.getNode(), error as JsonObject);
		return rowOf(listed, sentenceOf(error));
	}
}

const text = z.string().nullable();
const count = z.number().nullable();

/**
 * GET /test-takers, and GET /test-takers/:testTakerId for each: the list lacks the assessments
 * (documented, comparing docs/test-takers with api/events), so there are no fewer requests.
 */
export const getCompletionReport: Operation = {
	value: 'getCompletionReport',
	name: 'Get Completion Report',
	action: 'Get completion report of test takers',
	description:
		'Retrieve how far many test takers have come, one row each. 1 request for the list, and 1 for each row.',
	fields: [
		{ ...returnAll, hint: 'JOFI returns only its newest records, as its API has no paging' },
		limit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Custom IDs',
					name: 'customIds',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
					default: [],
					description: 'Custom ID, such as a requisition number. The others cost no request.',
					placeholder: 'e.g. REQ-9',
				},
				{
					displayName: 'Teams',
					name: 'teams',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
					default: [],
					description: 'ID or name of a team. The others cost no request.',
					placeholder: 'e.g. Recruiting',
				},
			],
		},
	],
	schema: withListInfo(
		z.object({
			mode: text,
			testTakerId: text,
			name: text,
			firstName: text,
			lastName: text,
			email: text,
			personId: text,
			customId: text,
			team: text,
			invitedBy: text,
			invitedAt: text,
			completed: count,
			total: count,
			allCompleted: z.boolean().nullable(),
			completedAssessments: text,
			openAssessments: text,
			lastCompletedAt: text,
			scorecardUrl: text,
			assessmentUrl: text,
			assessments: assessment.shape.items,
			error: text,
		}),
	),
	async run(context, index, hint) {
		const { customIds, teams } = context.getNodeParameter('filters', index, {}) as IDataObject;
		const { mode, records, totalCount, hasMore } = await list(context, '/test-takers');
		const matching = records.filter(
			(record) =>
				passes(record, ['custom_id'], textsIn(customIds)) &&
				passes(record, ['team.id', 'team.display_name'], textsIn(teams)),
		);
		const selected = context.getNodeParameter('returnAll', index, false)
			? matching
			: matching.slice(0, context.getNodeParameter('limit', index, 50) as number);
		if (hasMore) {
			const ofAll = totalCount === null ? '' : ` of ${totalCount}`;
			hint.partial({
				reason: `JOFI returned only its newest ${records.length}${ofAll} test takers. Its API has no paging, so the others cannot be read.`,
			});
		} else if (selected.length < matching.length)
			hint.partial({ reason: LIMIT_REACHED, total: matching.length, isRequested: true });

		const rows: IDataObject[] = [];
		const reading = readAhead(
			selected,
			READS_AT_ONCE,
			async (record) => await readRow(context, record),
		);
		for await (const [, row] of reading) rows.push({ mode, ...(await row) });
		if (rows.some(({ error }) => error !== null))
			hint('Some test takers could not be read: their rows have the reason in error.');
		return rows;
	},
};
