import { fileURLToPath } from 'node:url';

/** The top of the clone, with a slash at the end. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
