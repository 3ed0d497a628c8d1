import { triggerOnProperty } from '../../shared/events/properties';
import { triggerProperties } from '../../shared/webhook/properties';
import { respondProperty } from '../../shared/webhook/respond';
import { jofiWebhooks } from '../provider';
import { FETCH, FETCHES, fetchProperties } from './fetchProperties';
import { guide } from './setupGuide';

const DEADLINE = 'How long JOFI waits for the answer is not documented';

export const properties = triggerProperties(jofiWebhooks, {
	triggerOn: triggerOnProperty(jofiWebhooks.provider),
	api: { [`/${FETCH}`]: [...FETCHES] },
	own: fetchProperties(),
	options: [respondProperty(DEADLINE)],
	setup: guide.properties,
});
