import fc from 'fast-check';
import { receive } from '../unit/webhookContext.mjs';
import { casesFor, deliveryOf } from './deliveries.mjs';
import { problemOfAnswer, problemOfItems } from './verdict.mjs';

/** @typedef {import('./deliveries.mjs').Delivery} Delivery */
/** @typedef {import('./verdict.mjs').InProcess & { authenticated: number, valid: number, answers: Record<string, number> }} Result */

const PUBLIC = 'https://n8n.example/webhook';
/** What a failure shows of a delivery. */
const MOST_SHOWN = 1_000;

/**
 * @param {string} trigger
 * @param {string} verification
 */
const urlOf = (trigger, verification) =>
	`${PUBLIC}/${`${trigger}-${verification}`.replace(/\W+/g, '-')}`;

/**
 * What n8n hands to the trigger for a delivery.
 *
 * @param {Delivery} delivery
 * @param {import('./deliveries.mjs').Case} made
 * @returns {import('../unit/webhookContext.mjs').Delivery}
 */
function handed(delivery, { isRead, parsedQuery }) {
	const { trigger, verification, parts } = delivery;
	const url = urlOf(trigger.name, verification.name);
	const parsed = Object.fromEntries(new URLSearchParams(delivery.query));
	const odd = parsedQuery === undefined || delivery.events ? {} : { token: parsedQuery };
	return {
		source: trigger.source,
		method: delivery.method,
		url: new URL(url).pathname + delivery.query,
		productionUrl: url,
		body: isRead ? delivery.read : delivery.body,
		isRead,
		...(parts && { parts: partsOf(parts) }),
		headers: delivery.headers,
		query: { ...parsed, ...odd },
		address: delivery.address,
		credential: verification.credential,
		nodeId: url,
		credentialId: verification.name,
		parameters: trigger.parameters,
	};
}

/** As n8n gives them: the values of a name that repeats in a list. @param {[string, string][]} parts */
function partsOf(parts) {
	/** @type {Map<string, string | string[]>} */
	const values = new Map();
	for (const [name, value] of parts) {
		const held = values.get(name);
		values.set(name, held === undefined ? value : [held, value].flat());
	}
	return Object.fromEntries(values);
}

/**
 * Delivers to the triggers of the built package, without n8n.
 *
 * @param {object} options
 * @param {readonly import('./verifications.mjs').Verification[]} options.verifications
 * @param {number} options.deliveries
 * @param {number} options.seed
 * @param {(state: string) => void} options.tick
 * @returns {Promise<Result>}
 */
export async function deliverInProcess({ verifications, deliveries, seed, tick }) {
	/** @type {Map<string, number>} */
	const answers = new Map();
	let [number, authenticated, valid] = [0, 0, 0];

	/** @param {Delivery} delivery @param {import('../unit/webhookContext.mjs').Delivery} request */
	async function receiveOne(delivery, request) {
		const received = await receive(request);
		const { response, log } = received;
		if (!response.ended) received.answer(200);
		const answer = { status: response.statusCode, text: JSON.stringify(response.body) };
		answers.set(String(answer.status), (answers.get(String(answer.status)) ?? 0) + 1);
		const { isAuthenticated, hidden, trigger } = delivery;
		const answersEmpty = trigger.source.emptyResponse;
		const items = received.started && received.items;
		const problem =
			problemOfAnswer(answer, {
				...{ isAuthenticated, answersEmpty, hidden },
				// There is no n8n here that could answer.
				...{ isN8nsToRefuse: false, isMultipart: false },
			}) ??
			problemOfItems({
				...{ answer, isAuthenticated, answersEmpty },
				items: /** @type {any} */ (items),
			});
		const logged = JSON.stringify(log);
		if (!isAuthenticated && hidden.some((each) => logged.includes(each)))
			throw new Error('the log repeats what was sent, or a secret');
		if (problem) throw new Error(problem);
		return { answer, items, answersEmpty };
	}

	/** @param {import('./deliveries.mjs').Case} made */
	async function check(made) {
		number++;
		const delivery = deliveryOf(made, {
			...{ verifications, number },
			urlOf: (trigger, verification) => urlOf(trigger.name, verification.name),
		});
		const { events, isAuthenticated } = delivery;
		if (isAuthenticated) authenticated++;
		const request = handed(delivery, made);
		const { answer, items, answersEmpty } = await receiveOne(delivery, request);
		if (events) {
			valid++;
			const got = /** @type {any} */ (items);
			const problem = problemOfItems({ answer, isAuthenticated, answersEmpty, items: got, events });
			if (problem) throw new Error(problem);
			if (made.isRepeated && delivery.isKnownAgain) {
				const again = await receiveOne(delivery, request);
				if (again.items) throw new Error('a repeat started a second execution');
			}
		}
		if (Object.keys(Object.prototype).length > 0) throw new Error('a prototype was changed');
		if (number % 500 === 0) {
			tick(`${number} of ${deliveries}`);
			// Timers and collected garbage want a turn.
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	const result = await fc.check(fc.asyncProperty(casesFor(verifications), check), {
		numRuns: deliveries,
		seed,
	});
	return {
		deliveries: result.numRuns,
		authenticated,
		valid,
		answers: Object.fromEntries([...answers].sort()),
		problems: result.failed
			? [
					`${/** @type {Error} */ (result.errorInstance).message} (${fc.stringify(result.counterexample?.[0]).slice(0, MOST_SHOWN)})`,
				]
			: [],
	};
}
