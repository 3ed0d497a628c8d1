import type { IWebhookFunctions } from 'n8n-workflow';

import { limitsOf, settingsOf } from '../limits';
import { signedMessageOf } from '../replay';
import { queryAsForm, readBody, readRequest, redactedForm } from '../request';
import type { RawDelivery, WebhookSource } from '../source';
import { rulesFor } from '../testEvent';
import { toUtf8 } from '../toUtf8';
import { checkBody, checkCaller } from './checks';
import { verifyWithConfig } from './keptConfig';
import { hasUrl } from './signatureScheme';

/**
 * The first step of receiving: verifies the sender, cheapest check first. Nothing of a delivery is
 * used before it is trusted, although n8n has parsed JSON and forms by now.
 *
 * @throws Rejection
 */
export async function authenticate(
	context: IWebhookFunctions,
	{ credential }: WebhookSource,
): Promise<RawDelivery> {
	const limits = limitsOf(settingsOf(context));
	return await verifyWithConfig(context, credential, async (rules) => {
		const request = readRequest(context, rules.method === 'hmac' && hasUrl(rules.scheme));
		const config = rulesFor(request, rules);
		checkCaller(request, config);
		const isQuery = request.method === 'GET';
		const { body: sent, contentType } = isQuery
			? queryAsForm(request, config.method === 'query' ? config.queryName : '')
			: await readBody(context, limits);
		checkBody(request, sent, config, Date.now());
		const message = signedMessageOf(request, sent, config);
		const bytes = isQuery ? redactedForm(sent, config.queryName, config.secrets) : sent;
		return { contentType, ...toUtf8(bytes, contentType), limits, message, hints: [] };
	});
}
