import { otherEventsOption, triggerOnProperty } from '../../shared/events/properties';
import { recognizeRepeatsOption } from '../../shared/events/repeats';
import { triggerProperties } from '../../shared/webhook/properties';
import { respondProperty } from '../../shared/webhook/respond';
import { referenceNamesProperty } from '../events/references';
import { innovativeEducatorsWebhooks } from '../provider';
import { guide } from './setupGuide';

/** Documented (webhooks): the timeout, the successful statuses and the retries. */
const DEADLINE =
	'Innovative Educators waits 15 seconds, counts 200 to 308 as delivered, redirects included, and retries a failed delivery ten times within about 3.5 hours';

export const properties = triggerProperties(innovativeEducatorsWebhooks, {
	triggerOn: triggerOnProperty(innovativeEducatorsWebhooks.provider),
	api: 'never',
	options: [
		otherEventsOption,
		recognizeRepeatsOption,
		referenceNamesProperty,
		respondProperty(DEADLINE),
	],
	setup: guide.properties,
});
