import { z } from 'zod';

import type { RecordOutput } from '../../shared/actions/record';
import { userResponse } from '../api/responseSchemas';
import { fieldsOf } from '../api/requestedFields';
import { applicantOf } from '../events/applicant';

const text = z.string().nullish();
const whole = z.number().nullish();
const amount = z.number().nullish();
const progress = z.object({ total: whole, completed: whole }).nullish();

/** What a user's record is in a few fields; what else was requested is in `fields`. */
const userShape = {
	displayName: text,
	status: z.object({ id: text, name: text }).nullish(),
	forms: progress,
	userForms: progress,
	mandatoryForms: progress,
	money: z
		.object({
			order: text,
			orderAmount: amount,
			paid: text,
			paidAmount: amount,
			balance: text,
			balanceAmount: amount,
		})
		.nullish(),
	fields: z.object({}).passthrough().nullish(),
	isChild: z.boolean().nullish(),
	cloginId: text,
	connectedTo: text,
	groupId: text,
};

/** What the reads of each kind of record put out. */
export const records = {
	/**
	 * Whether a user in a list has the two parts, or their keys at the top, is not documented;
	 * Simplified is the same for both.
	 */
	user: {
		schema: userResponse,
		derived: {
			shape: userShape,
			of: (record) => ({ ...applicantOf(record), fields: fieldsOf(record) }),
		},
		simplified: { keep: Object.keys(userShape) },
	},
} satisfies Record<string, RecordOutput>;
