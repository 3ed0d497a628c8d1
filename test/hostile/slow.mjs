import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, sendRaw } from './raw.mjs';

/** A byte a second. */
const DRIP_MS = 1_000;
/** So much of a body comes at once. */
const BEGUN = 10;
/** When the proxy has not cut them by then, it does not. */
const GIVE_UP_MS = 30_000;
const GOOD_EVERY_MS = 1_000;

/**
 * Good signatures under bodies that come a byte a second, that stop, and heads that stop.
 *
 * @param {object} options
 * @param {number} options.port of the proxy
 * @param {import('./signed.mjs').Signer} options.signer
 * @param {import('./workflows.mjs').Workflows} options.workflows
 * @param {number} options.connections of each kind
 */
export async function deliverSlowly({ port, signer, workflows, connections }) {
	const before = await workflows.executions();
	const begun = () => {
		const { body, ...request } = signer.good();
		return bytesOf({ ...request, body: body.subarray(0, BEGUN), length: body.length });
	};
	const headless = () => {
		const bytes = begun();
		return bytes.subarray(0, bytes.indexOf('\r\n\r\n'));
	};
	const timeoutMs = GIVE_UP_MS;
	const kinds = [
		() => sendRaw(port, begun(), { timeoutMs, dripMs: DRIP_MS }),
		() => sendRaw(port, begun(), { timeoutMs }),
		() => sendRaw(port, headless(), { timeoutMs }),
	];
	let isOver = false;
	/** @type {import('./raw.mjs').RawAnswer[]} */
	const good = [];
	const sendGood = async () => {
		while (!isOver) {
			good.push(await sendRaw(port, bytesOf(signer.good())));
			await sleep(GOOD_EVERY_MS);
		}
	};
	const sending = sendGood();
	const slow = await Promise.all(
		kinds.flatMap((send) => Array.from({ length: connections }, send)),
	);
	isOver = true;
	await sending;

	/** @type {Record<string, number>} */
	const answers = {};
	for (const { status } of slow) {
		const name = status === 0 ? 'none' : String(status);
		answers[name] = (answers[name] ?? 0) + 1;
	}
	const accepted = good.filter(({ status }) => status === 200).length;
	return {
		connections: slow.length,
		answers,
		heldMs: Math.max(...slow.map(({ ms }) => ms)),
		isServing: accepted === good.length && accepted > 0,
		good: good.length,
		goodSlowestMs: Math.max(...good.map(({ ms }) => ms)),
		executions: (await workflows.executions()) - before - accepted,
	};
}
