import { webhookOperations } from '../../../shared/actions/webhook';
import { jobaffinityWebhooks } from '../../provider';

export const received = webhookOperations({
	source: jobaffinityWebhooks,
	type: 'jobAffinityTrigger',
	url: { by: 'provider', path: 'jobaffinity', firstEvent: 'ProcessStepChange' },
});
