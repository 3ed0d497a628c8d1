/**
 * `npm run host:queue`: installs what queue mode stores its data in, where that is possible without
 * asking anybody: on Debian and Ubuntu, as root.
 */
import { installDebianPackages } from './debian.mjs';
import { runAsProgram } from './main.mjs';
import { createProgress } from './progress.mjs';
import { whyNoQueue } from './queue.mjs';

await runAsProgram(import.meta.url, async () => {
	if (whyNoQueue()) await installDebianPackages(['postgresql', 'redis-server'], createProgress());
	const reason = whyNoQueue();
	if (reason) throw new Error(reason);
	console.log('PostgreSQL and Redis are installed.');
});
