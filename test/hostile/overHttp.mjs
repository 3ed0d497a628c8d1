import fc from 'fast-check';
import { casesFor, deliveryOf, overLimit } from './deliveries.mjs';
import { bytesOf, sendRaw } from './raw.mjs';
import { isAccepted, problemOfAnswer, sourceOf } from './verdict.mjs';

const AT_ONCE = 10;
/** One of so many is larger than n8n itself allows, once it is inflated. */
const OVER_LIMIT_EVERY = 250;
const MOST_PROBLEMS = 10;
const MOST_SHOWN = 500;

/**
 * Delivers to a real n8n.
 *
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.publicUrl that n8n knows for its own, without a slash at the end
 * @param {import('./workflows.mjs').Workflows} options.workflows
 * @param {readonly import('./verifications.mjs').Verification[]} options.verifications
 * @param {number} options.requests
 * @param {number} options.seed
 * @param {(state: string) => void} options.tick
 */
export async function deliverOverHttp({
	port,
	publicUrl,
	workflows,
	verifications,
	requests,
	seed,
	tick,
}) {
	const cases = fc.sample(casesFor(verifications), { numRuns: requests, seed });
	const before = await workflows.executions();
	/** @type {Record<string, number>} */
	const answers = {};
	/** @type {Record<string, number>} */
	const byN8n = {};
	/** @type {string[]} */
	const problems = [];
	let [accepted, unanswered, slowestMs, next, valid] = [0, 0, 0, 0, 0];

	/** @param {number} number */
	async function send(number) {
		const made =
			number % OVER_LIMIT_EVERY === OVER_LIMIT_EVERY - 1 ? overLimit(cases[number]) : cases[number];
		const delivery = deliveryOf(made, {
			...{ verifications, number },
			urlOf: (trigger, verification) => publicUrl + workflows.pathOf(trigger, verification),
		});
		const { trigger, verification, address, isAuthenticated, events } = delivery;
		const headers = address
			? { ...delivery.headers, 'x-forwarded-for': address }
			: delivery.headers;
		const path = workflows.pathOf(trigger, verification) + delivery.query;
		const request = { method: delivery.method, path, headers, body: delivery.body };
		const answer = await sendRaw(port, bytesOf(request));
		slowestMs = Math.max(slowestMs, answer.ms);
		if (answer.status === 0) {
			unanswered++;
			return;
		}
		answers[answer.status] = (answers[answer.status] ?? 0) + 1;
		const answersEmpty = trigger.source.emptyResponse;
		const sent = {
			...{ isAuthenticated, answersEmpty, hidden: delivery.hidden },
			...{ isN8nsToRefuse: delivery.isN8nsToRefuse, isMultipart: delivery.isMultipart },
		};
		if (sourceOf(answer, sent) === 'n8n') byN8n[answer.status] = (byN8n[answer.status] ?? 0) + 1;
		if (isAccepted(answer, sent)) accepted++;
		if (events) valid++;
		const problem =
			problemOfAnswer(answer, sent) ??
			(events && !isAccepted(answer, sent)
				? `a valid delivery was answered ${answer.status} ${answer.text.slice(0, 200)}`
				: undefined);
		if (problem && problems.length < MOST_PROBLEMS)
			problems.push(`${problem} (${fc.stringify(made).slice(0, MOST_SHOWN)})`);
	}

	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (next < requests) {
				tick(`${next} of ${requests}`);
				await send(next++);
			}
		}),
	);
	return {
		...{ requests, valid, unanswered, answers, accepted, slowestMs, problems },
		answeredByN8n: Object.values(byN8n).reduce((sum, count) => sum + count, 0),
		byN8n,
		executions: (await workflows.executions()) - before,
	};
}
