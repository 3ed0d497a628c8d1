import type { z } from 'zod';

import type { RecordOutput } from '../../shared/actions/record';
import * as schemas from '../api/responseSchemas';
import { anyPayload } from '../events/schemas';

/** What Thought Industries adds to a record follows the fields that are named here. */
const record = (
	schema: z.AnyZodObject,
	first: readonly string[],
	leaveOut: readonly string[] = [],
): RecordOutput => ({ schema, simplified: { first, leaveOut } });

/** What the reads of each kind of record put out. */
export const records = {
	course: record(schemas.course, ['title', 'slug', 'sku', 'id']),
	/**
	 * That enrollments have the fields of completions is inferred. Of these, `event` is the same in
	 * all, and `companyId` presumably the site.
	 */
	enrollment: record(
		anyPayload,
		['title', 'user', 'userDetail', 'timestamp', 'type', 'source', 'notifiableId', 'id'],
		['event', 'companyId'],
	),
	user: record(schemas.user, ['firstName', 'lastName', 'email', 'externalCustomerId', 'id']),
} satisfies Record<string, RecordOutput>;
