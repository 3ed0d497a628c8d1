import { createRequire } from 'node:module';

/** Loads a built module, e.g. `./delivery/verify.js`: what ships is what is tested. */
export const built = createRequire(new URL('../../dist/nodes/index.js', import.meta.url));
