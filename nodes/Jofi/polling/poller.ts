import { gapEvent } from '../../shared/polling/gap';
import type { PollingSource } from '../../shared/polling/stream';
import { jofi } from '../provider';
import { pollStreams } from './streams';
import { newestEvents } from './newest';

/** JOFI by looking: the five events of its webhooks, and the gap that looking can leave. */
export const jofiPoller: PollingSource = {
	provider: { ...jofi, events: [...jofi.events, gapEvent] },
	dedupe: { by: 'key' },
	typeOf: (payload) => String(payload.type),
	look: pollStreams,
	recent: newestEvents,
};
