import { webhookOperations } from '../../../shared/actions/webhook';
import { regpackWebhooks } from '../../provider';
import { methodOf, pathOf } from '../../trigger/properties';

export const received = webhookOperations({
	source: regpackWebhooks,
	type: 'regpackTrigger',
	url: { by: 'event', path: pathOf, method: methodOf },
});
