import { packPackage } from '../host/pack.mjs';
import { createProgress } from '../host/progress.mjs';

/** The variable that names the packed package for all tests of a run. */
export const PACKED = 'TALENT_EVENTS_PACKED';

/** Runs once, before the first of the tests with a real n8n. */
export default async function setup() {
	process.env[PACKED] = await packPackage(createProgress());
}
