import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { listed } from '../docs/n8nVariables.mjs';
import { N8N_VERSION } from '../host/install.mjs';

/** What the files of deploy/ can be held to without Docker. */

const FOLDER = new URL('../../deploy/', import.meta.url);

/** @param {string} file */
const read = (file) => readFileSync(new URL(file, FOLDER), 'utf8');

const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const scalar = z.union([z.string(), z.number()]);
const command = z.union([z.string(), z.array(z.string())]);
const service = z
	.object({
		build: z.string().optional(),
		image: z.string(),
		command: command.optional(),
		restart: z.enum(['unless-stopped', 'always']),
		stop_grace_period: duration.optional(),
		ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
		environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), scalar).optional(),
		volumes: z.array(z.string().regex(/^(\.\/)?[\w.-]+:\/[\w./-]+(:ro)?$/)).optional(),
		depends_on: z
			.record(
				z.string(),
				z.object({ condition: z.enum(['service_healthy', 'service_started']) }).strict(),
			)
			.optional(),
		healthcheck: z
			.object({
				test: z.tuple([z.enum(['CMD', 'CMD-SHELL']), z.string()]).rest(z.string()),
				interval: duration,
				timeout: duration,
				retries: z.number().int().positive(),
				start_period: duration.optional(),
			})
			.strict(),
	})
	.strict();

/** The part of the Compose specification that the file uses, and nothing else. */
const specification = z
	.object({
		name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
		services: z.record(z.string().regex(/^[a-z0-9_-]+$/), service),
		volumes: z.record(z.string(), z.null()),
	})
	.strict();

const text = read('docker-compose.yml');
const parsed = Object.entries(parse(text, { merge: true }));
const isFragment = (/** @type {[string, unknown]} */ [name]) => name.startsWith('x-');
const compose = Object.fromEntries(parsed.filter((entry) => !isFragment(entry)));
const { services, volumes } = /** @type {z.infer<typeof specification>} */ (compose);
const entries = Object.entries(services);
const ofN8n = entries.filter(([, { image }]) => image.startsWith('n8n'));
const dockerfile = read('Dockerfile');
const example = read('.env.example');

describe('deploy/docker-compose.yml', () => {
	test('is a Compose file', () => {
		expect(specification.safeParse(compose).error?.issues ?? []).toEqual([]);
		expect(parsed.filter(isFragment).length).toBeGreaterThan(0);
	});

	test.each([
		['a key that Compose does not know', { imagee: 'redis:7.4.11' }],
		['a wait for nothing', { depends_on: { redis: { condition: 'healthy' } } }],
		['a time without a unit', { stop_grace_period: '45' }],
		['no health check', { healthcheck: undefined }],
	])('would not be one with %s', (what, change) => {
		const changed = { ...compose, services: { redis: { ...services.redis, ...change } } };
		expect(specification.safeParse(changed).success).toBe(false);
	});

	test('starts n8n as main, webhook process and worker, alike but for their own settings', () => {
		expect(ofN8n.map(([name, { command }]) => [name, command])).toEqual([
			['main', undefined],
			['webhook', 'webhook'],
			['worker', 'worker'],
		]);
		for (const [, { build, image, environment }] of ofN8n) {
			expect([build, image]).toEqual(['.', `n8n-with-talent-events:${N8N_VERSION}`]);
			expect(environment).toMatchObject({
				EXECUTIONS_MODE: 'queue',
				DB_TYPE: 'postgresdb',
				N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
				N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: 1000,
			});
		}
	});

	test('sets only what n8n reads', () => {
		const names = ofN8n.flatMap(([, { environment = {} }]) => Object.keys(environment));
		const isUnknown = (/** @type {string} */ name) => !listed.variables.includes(name);
		expect(names.length).toBeGreaterThan(40);
		expect(names.filter(isUnknown)).toEqual([]);
	});

	test('says of every setting of n8n what it is for', () => {
		const lines = text.split('\n');
		const begin = lines.findIndex((line) => line.startsWith('x-environment'));
		const groups = lines
			.slice(begin + 1)
			.join('\n')
			.split(/\n(?=\s+#)/)
			.slice(0, -1);
		for (const setting of [
			'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE',
			'N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED',
			'N8N_CONCURRENCY_PRODUCTION_LIMIT',
			'N8N_PAYLOAD_SIZE_MAX',
		])
			expect(groups.some((group) => /^\s+# \S+/.test(group) && group.includes(setting))).toBe(true);
	});

	test('waits only for services that say when they are healthy', () => {
		for (const [, { depends_on: waits = {} }] of entries) {
			for (const name of Object.keys(waits)) expect(services).toHaveProperty(name);
		}
		expect(Object.keys(services.proxy.depends_on ?? {})).toEqual(['gate']);
		expect(Object.keys(services.gate.depends_on ?? {})).toEqual(['main', 'webhook']);
		for (const [, { healthcheck }] of ofN8n)
			expect(healthcheck.test.join(' ')).toContain('/healthz/readiness');
	});

	test('publishes nothing but the proxy', () => {
		const published = entries.filter(([, { ports }]) => ports !== undefined);
		expect(published.map(([name]) => name)).toEqual(['proxy']);
	});

	test('keeps what must last in volumes, and mounts files that exist', () => {
		const sources = entries.flatMap(([, { volumes: mounts = [] }]) =>
			mounts.map((mount) => mount.split(':')[0]),
		);
		const files = sources.filter((source) => source.startsWith('./'));
		expect(files.filter((file) => !existsSync(new URL(file, FOLDER)))).toEqual([]);
		expect(sources.filter((source) => !source.startsWith('./')).sort()).toEqual(
			Object.keys(volumes).sort(),
		);
		// A volume over n8n's folder would hide the package of a newer image.
		for (const [, { volumes: mounts }] of ofN8n) expect(mounts).toBeUndefined();
	});

	test('takes each secret from .env, which the example names and leaves empty', () => {
		const used = new Set([...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name));
		const named = Object.fromEntries(
			[...example.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
		);
		expect([...used].sort()).toEqual(Object.keys(named).sort());
		const isSecret = (/** @type {string} */ name) => /PASSWORD|KEY/.test(name);
		for (const [name, value] of Object.entries(named)) expect(value === '').toBe(isSecret(name));
		for (const [, { environment = {} }] of entries) {
			for (const [name, value] of Object.entries(environment))
				if (isSecret(name)) expect(value).toMatch(/^\$\{[A-Z0-9_]+:\?.+\}$/);
		}
	});
});

describe('the images', () => {
	const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
	const images = [...entries.map(([, { image }]) => image), ...bases];

	test.each(images)('%s is of one version', (image) => {
		expect(image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?$/);
	});

	test('hold the n8n that the tests run, with the package where n8n looks for it', () => {
		expect(bases).toContain(`docker.n8n.io/n8nio/n8n:${N8N_VERSION}`);
		expect(dockerfile).toContain('/nodes/node_modules/n8n-nodes-talent-events');
		expect(dockerfile).toContain('/home/node/.n8n/nodes\n');
	});
});

describe('the two proxies', () => {
	/** @param {string} directive @param {string} file */
	const values = (directive, file) =>
		[...read(file).matchAll(new RegExp(`^\\s*${directive} (.+?)(?: \\{)?$`, 'gm'))].map(
			([, value]) => value,
		);
	/** @param {string} value such as `10s` */
	const seconds = (value) => Number(/(\d+)s/.exec(value)?.[1]);

	test('Caddy does HTTPS and passes everything on to HAProxy', () => {
		const caddyfile = read('Caddyfile');
		expect(caddyfile.match(/\{$/gm)?.length).toBe(caddyfile.match(/^\s*\}$/gm)?.length);
		expect(values('reverse_proxy', 'Caddyfile')).toEqual(['gate:8080']);
		expect(values('bind', 'haproxy.cfg')).toEqual([':8080']);
	});

	test('HAProxy waits for readiness, reads whole bodies of 1 MB, and gives up after 10 seconds', () => {
		const rules = values('http-request', 'haproxy.cfg');
		expect(values('option httpchk', 'haproxy.cfg')).toEqual(['GET /healthz/readiness']);
		expect(values('http-check expect', 'haproxy.cfg')).toEqual(['status 200']);
		expect(values('timeout http-request', 'haproxy.cfg')).toEqual(['10s']);
		expect(rules).toEqual([
			`deny deny_status 413 if delivery { req.hdr_val(content-length) gt ${2 ** 20} }`,
			`wait-for-body time 10s at-least ${2 ** 20 + 1} if delivery`,
			`deny deny_status 413 if delivery { req.body_len gt ${2 ** 20} }`,
		]);
		expect(Number(values('tune.bufsize', 'haproxy.cfg')[0])).toBeGreaterThan(2 ** 20);
	});

	// For a body that it gave up itself, Caddy 2.6 answers 200.
	test('Caddy waits longer for a body than HAProxy, whose answer the sender must see', () => {
		expect(seconds(values('read_header', 'Caddyfile')[0])).toBe(10);
		expect(seconds(values('read_body', 'Caddyfile')[0])).toBeGreaterThan(10);
	});

	test('HAProxy knows n8n by the names of the Compose file', () => {
		const servers = [
			...values('server-template \\w+ \\d+', 'haproxy.cfg'),
			...values('server \\w+', 'haproxy.cfg'),
		];
		expect(servers).toEqual(['webhook:5678', 'main:5678']);
		expect(Object.keys(services)).toEqual(expect.arrayContaining(['webhook', 'main', 'gate']));
		expect(values('default-server', 'haproxy.cfg')[0]).toMatch(/^check inter 1s fall 1 /);
	});
});

test('nothing of deploy/ is in the npm package', () => {
	const { files } = JSON.parse(
		readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
	);
	for (const pattern of files) expect(pattern).toMatch(/^!?dist(\/|$)/);
	expect(readdirSync(FOLDER).length).toBeGreaterThan(3);
});
