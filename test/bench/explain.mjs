/**
 * How other senders' deliveries are recognized: a table of each scheme, what was found, the HMACs that
 * it took and the time. `node test/bench/explain.mjs`, after a build.
 */
import { performance } from 'node:perf_hooks';
import { explainDelivery } from '#dist/nodes/shared/webhook/explain/explain.js';
import { verificationConfig } from '#dist/nodes/shared/webhook/verification/config.js';
import { METHODS } from '#dist/nodes/shared/webhook/verification/credential.js';
import { runAsProgram } from '../host/main.mjs';
import { deliveryOf, UNSUPPORTED, VENDORS } from '../providers/vendors/signers.mjs';

const RUNS = 15;

const SENDER = { label: 'JOFI', whenUnsigned: '', methods: METHODS };

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/**
 * @param {Awaited<ReturnType<typeof deliveryOf>>} delivery
 * @param {string} secret in the credential, which is otherwise as a user first leaves it
 */
function measure(delivery, secret) {
	const config = verificationConfig({ method: 'hmac', secret });
	const times = [];
	let report;
	for (let run = 0; run < RUNS; run++) {
		const start = performance.now();
		report = explainDelivery(delivery, config, SENDER);
		times.push(performance.now() - start);
	}
	return { .../** @type {NonNullable<typeof report>} */ (report), ms: median(times) };
}

/** @param {Record<string, string> | null} settings */
const found = (settings) =>
	settings === null
		? ''
		: settings['Signature Style'] !== 'I Have Technical Details'
			? Object.values(settings).join(', ')
			: [
					settings['Signature Header'],
					settings.Algorithm,
					settings.Encoding,
					`\`${settings['Signed Content']}\``,
				].join(', ');

async function main() {
	const rows = [['Scheme', 'Verdict', 'Found', 'HMACs', 'ms']];
	/** @param {string} name @param {ReturnType<typeof measure>} report */
	const add = (name, { verdict, settings, hmacs, ms }) =>
		rows.push([name, verdict, found(settings), String(hmacs), ms.toFixed(1)]);

	for (const vendor of [...VENDORS, ...UNSUPPORTED])
		add(vendor.name, measure(await deliveryOf(vendor), vendor.secret));
	for (const vendor of VENDORS.filter(({ name }) => /^(Zoom|Box|HubSpot)/.test(name))) {
		const delivery = await deliveryOf(vendor);
		add(`${vendor.name}, another secret`, measure(delivery, 'the secret of somebody else'));
		const pretty = Buffer.from(JSON.stringify(JSON.parse(String(delivery.body)), null, 2));
		add(`${vendor.name}, body indented`, measure({ ...delivery, body: pretty }, vendor.secret));
		const large = await deliveryOf(vendor, { bytes: 1_000_000 });
		add(`${vendor.name}, 1 MB`, measure(large, vendor.secret));
		add(`${vendor.name}, 1 MB, another secret`, measure(large, 'the secret of somebody else'));
	}
	for (const [index, row] of rows.entries()) {
		console.log(`| ${row.join(' | ')} |`);
		if (index === 0) console.log(`| ${row.map(() => '---').join(' | ')} |`);
	}
}

await runAsProgram(import.meta.url, main);
