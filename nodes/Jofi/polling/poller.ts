import { gapEvent } from '../../polling/gap';
import type { Poller } from '../../polling/define';
import { jofi } from '../provider';
import { look } from './look';
import { recent } from './recent';

/** JOFI by looking: the five events of its webhooks, and the gap that looking can leave. */
export const jofiPoller: Poller = {
	provider: { ...jofi, events: [...jofi.events, gapEvent] },
	look,
	recent,
};
