import { z } from 'zod';

import type { Operation } from '../../../shared/actions/operation';
import { sendRequest } from '../../../shared/http/request';
import { limitOf } from '../../api/transport';
import { applyUrl, applyUrlOf, withoutToken } from './applyUrl';
import { refusalOf } from './errors';

/**
 * Statuses that mean that the address takes no applications; any other error means that the test
 * failed.
 */
const REFUSED = [401, 403, 404, 410];

/**
 * HEAD on the apply URL of a job, which tests it and submits nothing (documented, reference: submit
 * a job application).
 */
export const testAddress: Operation = {
	value: 'testAddress',
	name: 'Test Address',
	action: 'Test address of job application',
	description:
		'Check whether an Apply URL takes applications; nothing is submitted, and no login is needed',
	offline: true,
	fields: [applyUrl],
	schema: z.object({ works: z.boolean(), status: z.number(), summary: z.string() }),
	async run(context, index) {
		const url = applyUrlOf(context, index);
		const response = await sendRequest(
			context,
			null,
			{ method: 'HEAD', url: url.href },
			limitOf(context, url),
		);
		const refusal = refusalOf(
			context.getNode(),
			{ ...response, body: withoutToken(response.body, url) },
			{ method: 'HEAD' },
		);
		const { status } = response;
		if (!refusal) return { works: true, status, summary: 'The address takes applications.' };
		if (!REFUSED.includes(status)) throw refusal;
		return {
			works: false,
			status,
			summary: `${refusal.message}. ${refusal.description ?? ''}`.trim(),
		};
	},
};
