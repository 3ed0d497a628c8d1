import type { IExecuteFunctions } from 'n8n-workflow';

import type { Event } from '../events/types';
import { pollParameters } from './parameters';
import type { PollingSource } from './stream';

/**
 * Finds the newest real event of one of these types that the provider's API shows and the filters
 * let pass, for the test run of a webhook trigger.
 */
export const newestOf =
	(source: PollingSource) =>
	async (context: IExecuteFunctions, types: readonly string[]): Promise<Event | undefined> => {
		const request = pollParameters(context, source.provider);
		for (const type of types) {
			for (const stream of source.streams.filter(({ events }) => events.includes(type))) {
				const event = await stream.newest(context, type, request);
				const [selected] = event ? request.select([event]) : [];
				if (selected) return selected;
			}
		}
		return undefined;
	};
