/**
 * `npm run host:servers`: installs the servers that some runs need beside n8n, where that is
 * possible without asking anybody: on Debian and Ubuntu, as root.
 */
import { whyNoProxy } from './proxy.mjs';
import { installDebianPackages } from './debian.mjs';
import { runAsProgram } from './main.mjs';
import { createProgress } from './progress.mjs';
import { whyNoQueue } from './queue.mjs';

const whyNot = () => [whyNoQueue(), whyNoProxy()].filter(Boolean);

await runAsProgram(import.meta.url, async () => {
	if (whyNot().length > 0)
		await installDebianPackages(['postgresql', 'redis-server', 'haproxy'], createProgress());
	if (whyNot().length > 0) throw new Error(whyNot().join(' '));
	console.log('PostgreSQL, Redis and HAProxy are installed.');
});
