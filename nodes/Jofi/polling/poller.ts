import { gapEvent } from '../../shared/polling/gap';
import type { Poller } from '../../shared/polling/stream';
import { jofi } from '../provider';
import { look } from './streams';
import { recent } from './newest';

/** JOFI by looking: the five events of its webhooks, and the gap that looking can leave. */
export const jofiPoller: Poller = {
	provider: { ...jofi, events: [...jofi.events, gapEvent] },
	look,
	recent,
};
