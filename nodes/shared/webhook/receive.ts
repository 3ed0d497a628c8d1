import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { checkCapacity } from './admission';
import { decode } from './decode';
import { deduplicate } from './deduplicate';
import { recordDelivery } from './deliveries';
import { refusalOf, reject } from './reject';
import { reportRefusal } from './refusals';
import { respond } from './respond';
import { sampleRun } from './sampleRun';
import { select } from './select';
import type { WebhookSource } from './source';
import { refuseAndExplain } from './testRun';
import { authenticate } from './verification/authenticate';

/**
 * The first phase of a webhook trigger, which n8n runs on the HTTP request, in the main or a
 * webhook process. It calls nothing outside and never throws, because n8n would answer 500 and
 * store a failed execution.
 */
export async function receiveDelivery(
	context: IWebhookFunctions,
	source: WebhookSource,
): Promise<IWebhookResponseData> {
	const sample = sampleRun(context);
	if (sample) return sample;
	const record = recordDelivery(context, source.provider);
	try {
		checkCapacity(context);
		const delivery = await authenticate(context, source);
		const events = decode(context, source, delivery);
		const selected = select(context, source, delivery, events);
		const fresh = await deduplicate(context, source, delivery, selected);
		const answer = respond(context, source, { delivery, events, selected, fresh });
		record.handled(events, selected, fresh);
		return answer;
	} catch (error) {
		const refuse = () => {
			const answer = reject(context, source.provider.label, error);
			const refusal = refusalOf(error);
			record.refused(refusal);
			return { ...answer, ...reportRefusal(context, source, refusal) };
		};
		return await refuseAndExplain(context, source, error, refuse);
	}
}
