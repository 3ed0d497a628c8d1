import { webhookOperations } from '../../../shared/actions/webhook';
import { innovativeEducatorsWebhooks } from '../../provider';

export const received = webhookOperations({
	source: innovativeEducatorsWebhooks,
	type: 'innovativeEducatorsTrigger',
	url: { by: 'provider', path: 'innovative-educators', firstEvent: 'courseCompletion' },
});
