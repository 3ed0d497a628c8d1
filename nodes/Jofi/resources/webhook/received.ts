import { webhookOperations } from '../../../shared/actions/webhook';
import { jofiWebhooks } from '../../provider';

export const received = webhookOperations({
	source: jofiWebhooks,
	type: 'jofiTrigger',
	url: { by: 'provider', path: 'jofi', firstEvent: 'test_taker.assessment_completed' },
});
