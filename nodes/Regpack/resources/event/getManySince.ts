import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { getManySinceOf } from '../../../shared/actions/getManySince';
import { readPast } from '../../../shared/polling/past';
import { detailsProperties } from '../../events/detailsProperties';
import { userAdded } from '../../polling/definitions';
import { pollingOptions } from '../../polling/properties';
import { regpackPolling } from '../../polling/streams';

const dateField: INodeProperties = {
	displayName: 'Date Field',
	name: 'dateField',
	type: 'string',
	default: '',
	placeholder: 'e.g. registration_date',
	description:
		'ID or mapped name of a form field with the date on which a user registered, to select users by it. Without one, or where it is empty or no date, users are taken whatever the range is.',
};

export const getManySince = getManySinceOf({
	provider: regpackPolling.provider,
	types: [userAdded.type],
	triggers: ['regpackPollingTrigger'],
	description: 'Retrieve the users of a project as User Added events, each once',
	notice:
		'Regpack shows no past events and no dates, only the users as they are <b>now</b>: each comes as User Added. Missed status changes, payments, forms and deliveries cannot be read; what changed while n8n was down, the next poll of a <b>Regpack Polling Trigger</b> finds by itself.',
	own: detailsProperties,
	options: [...pollingOptions, dateField],
	payload: z.object({}).passthrough(),
	source: () => regpackPolling,
	read: (...given) => readPast(regpackPolling, ...given),
});
