import { z } from 'zod';

import { getSampleOf } from '../../../shared/actions/getSample';
import { regpack } from '../../provider';

const text = z.string().nullable();
const whole = z.number().nullable();
const forms = z.object({ total: whole, completed: whole });

/** Each event also has its own fields; events of one form have its ID. */
export const getSample = getSampleOf({
	provider: regpack,
	first: 'user_complete',
	description: 'Get a made-up event as the Regpack Trigger outputs it; no credential is needed',
	own: {
		cloginId: text,
		groupId: text,
		connectedTo: text,
		isChild: z.boolean().nullable(),
		displayName: text,
		status: z.object({ id: text, name: text }),
		forms,
		userForms: forms,
		mandatoryForms: forms,
		money: z.object({
			order: text,
			orderAmount: whole,
			paid: text,
			paidAmount: whole,
			balance: text,
			balanceAmount: whole,
		}),
		formId: text.optional(),
		payload: z.object({}).passthrough(),
	},
	complete: (_context, _index, item) =>
		String(item.event).endsWith('*') ? { ...item, formId: '12345' } : item,
});
