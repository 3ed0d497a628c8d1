import { createRequire } from 'node:module';

/** Loads a data file of `fixtures`, e.g. `./jofi-events.json`. */
export const fixture = createRequire(new URL('fixtures/index.js', import.meta.url));
