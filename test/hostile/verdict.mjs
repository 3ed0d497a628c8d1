import isEqual from 'lodash/isEqual.js';

/**
 * What a trigger may answer, as docs/reliability.md lists it, with # for numbers. `POST` to Regpack
 * that is fine is answered with an empty object.
 *
 * @type {Record<number, RegExp[]>}
 */
const ANSWERS = {
	200: [/^Accepted\.$/, /^Received before\.$/, /^Not listened to\.$/],
	400: [
		/^The body could not be read\.$/,
		/^The body is not JSON\.$/,
		/^The body is not a JSON object\.$/,
		/^The body is not a form that can be read\.$/,
		/^The body is not an event of (JOFI|JobAffinity|Regpack|Innovative Educators)\.$/,
		/^The body is nested more than \d+ levels deep\.$/,
	],
	401: [
		/^The signature (is missing|does not match)\.$/,
		/^The message ID is missing\.$/,
		/^The timestamp is (missing or unreadable|outside the tolerance)\.$/,
		/^User and password are missing\.$/,
		/^User or password is wrong\.$/,
		/^The secret is (missing|wrong)\.$/,
	],
	403: [/^The source address is not on the IP allowlist\.$/],
	413: [
		/^The body is larger than \d+ kB\.$/,
		/^The body holds more than \d+ (values|events)\.$/,
		/^The body has more than \d+ fields\.$/,
		/^The delivery holds too many fields for too many people\.$/,
	],
	503: [
		/^The same event was being worked on and did not succeed\. Please send it again\.$/,
		/^The same event is still being worked on\. Please send it again later\.$/,
		/^Too many deliveries at once\. Please send it again later\.$/,
	],
};
/** The sentence for a fault of the package or of n8n. */
const FAULT = 'The delivery could not be received. Please send it again.';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} text
 */
/**
 * @typedef {object} Sent what is known of a delivery that was answered
 * @property {boolean} isAuthenticated
 * @property {boolean} answersEmpty whether its trigger answers an empty object
 * @property {boolean} isN8nsToRefuse
 * @property {boolean} isMultipart
 * @property {readonly string[]} hidden
 */

/** @param {string} text @returns {unknown} */
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Who gave an answer: the trigger, or n8n before it (docs/reliability.md, "What n8n answers
 * itself"), Node's reading of the head of a request included; `unknown` is what is documented
 * nowhere.
 *
 * @param {Answer} answer
 * @param {Pick<Sent, 'answersEmpty' | 'isN8nsToRefuse' | 'isMultipart'>} sent
 * @returns {'trigger' | 'n8n' | 'unknown'}
 */
export function sourceOf({ status, text }, { answersEmpty, isN8nsToRefuse, isMultipart }) {
	const body = parse(text);
	if (status === 200 && answersEmpty && isEqual(body, {})) return 'trigger';
	const { message, ...rest } = /** @type {{ message?: unknown }} */ (body ?? {});
	if (typeof message === 'string' && Object.keys(rest).length === 0) {
		const sentences = ANSWERS[status] ?? [];
		if (!(status === 200 && answersEmpty) && sentences.some((each) => each.test(message)))
			return 'trigger';
	}
	if (status === 422 && message === 'Failed to parse request body') return 'n8n';
	if (status === 500 && isN8nsToRefuse) return 'n8n';
	if ((status === 400 || status === 413) && isMultipart) return 'n8n';
	return (status === 400 || status === 431) && text === '' ? 'n8n' : 'unknown';
}

/**
 * What is wrong with an answer.
 *
 * @param {Answer} answer
 * @param {Sent} sent
 * @returns {string | undefined}
 */
export function problemOfAnswer(answer, sent) {
	const { status, text } = answer;
	if (sent.hidden.some((each) => text.includes(each)))
		return `an answer ${status} repeats what was sent, or a secret`;
	if (!sent.isAuthenticated && status < 300)
		return `a delivery that is not authenticated was answered ${status}`;
	const message = /** @type {{ message?: unknown }} */ (parse(text) ?? {}).message;
	if (message === FAULT) return `a delivery could not be received (${status})`;
	if (sourceOf(answer, sent) === 'unknown')
		return `the answer ${status} is not documented: ${text.slice(0, 200)}`;
	return undefined;
}

/**
 * Whether an answer says that there is an execution.
 *
 * @param {Answer} answer
 * @param {Pick<Sent, 'answersEmpty'>} sent
 */
export const isAccepted = ({ status, text }, { answersEmpty }) =>
	status === 200 && (answersEmpty || text === '{"message":"Accepted."}');

/**
 * What is wrong with what a trigger gave to n8n.
 *
 * @param {object} received
 * @param {Answer} received.answer
 * @param {boolean} received.isAuthenticated
 * @param {boolean} received.answersEmpty
 * @param {readonly { event: unknown, payload: unknown }[] | undefined} received.items none: no
 * execution
 * @param {readonly { event: string, payload: unknown }[]} [received.events] that must be it
 * @returns {string | undefined}
 */
export function problemOfItems({ answer, isAuthenticated, answersEmpty, items, events }) {
	if (items && !isAuthenticated) return 'a delivery that is not authenticated started an execution';
	if (items && answer.status !== 200)
		return `a delivery that was answered ${answer.status} started an execution`;
	if (items?.length === 0) return 'an execution started without an item';
	if (!answersEmpty && isAccepted(answer, { answersEmpty }) !== (items !== undefined))
		return `the answer was ${answer.text}, and there were ${items?.length ?? 'no'} items`;
	if (!events) return undefined;
	const got = items?.map(({ event, payload }) => [event, JSON.stringify(payload)]);
	const wanted = events.map(({ event, payload }) => [event, JSON.stringify(payload)]);
	return isEqual(got, wanted)
		? undefined
		: `a valid delivery gave ${got?.length ?? 'no'} events instead of its ${wanted.length}, or others (${answer.status} ${answer.text})`;
}

const MOST_MS = 5_000;
/** HAProxy's limit, and what a busy machine may add. */
const HELD_MS = 10_000;
const SLACK_MS = 3_000;
const MOST_MEGABYTES = 50;

/**
 * @typedef {object} InProcess
 * @property {number} deliveries
 * @property {string[]} problems
 */
/**
 * @typedef {object} OverHttp
 * @property {number} requests
 * @property {number} unanswered
 * @property {Record<string, number>} answers by status
 * @property {number} answeredByN8n
 * @property {number} accepted
 * @property {number} executions
 * @property {number} slowestMs
 * @property {string[]} problems
 */
/**
 * @typedef {object} Slow
 * @property {number} connections
 * @property {Record<string, number>} answers by status, `none` without one
 * @property {number} heldMs the longest
 * @property {boolean} isServing whether good deliveries were accepted meanwhile
 * @property {number} executions beyond theirs
 */
/**
 * @typedef {object} Flood
 * @property {number} requests
 * @property {Record<string, number>} answers by status
 * @property {number} good deliveries meanwhile
 * @property {number} accepted
 * @property {number} executions of them
 * @property {number} slowestMs
 * @property {number} megabytesBefore
 * @property {number} megabytesAfter
 */

/** @param {Record<string, number>} answers @param {string} status */
const others = (answers, status) =>
	Object.entries(answers)
		.filter(([each]) => each !== status)
		.map(([each, count]) => `${count} ${each}`)
		.join(', ');

/**
 * What was not kept, a sentence each.
 *
 * @param {{ inProcess: InProcess, overHttp: OverHttp, slow?: Slow, flood: Flood, leaks: readonly string[] }} seen
 * `slow` is missing where there is no proxy; leaks: where n8n left a secret
 * @param {{ checksMemory: boolean }} options
 * @returns {string[]}
 */
export function failuresOf({ inProcess, overHttp, slow, flood, leaks }, { checksMemory }) {
	const grown = flood.megabytesAfter - flood.megabytesBefore;
	const notRefused = others(flood.answers, '401');
	const notCut = slow && others(slow.answers, '408');
	/** @type {(readonly [isMissed: boolean, sentence: string])[]} */
	const checks = [
		...inProcess.problems.map(
			(problem) => /** @type {const} */ ([true, `In process: ${problem}.`]),
		),
		...overHttp.problems.map((problem) => /** @type {const} */ ([true, `Over HTTP: ${problem}.`])),
		[
			overHttp.unanswered > 0,
			`Over HTTP, ${overHttp.unanswered} of ${overHttp.requests} requests got no answer.`,
		],
		[
			overHttp.executions !== overHttp.accepted,
			`Over HTTP, ${overHttp.accepted} deliveries were accepted, but there were ${overHttp.executions} executions.`,
		],
		[
			overHttp.slowestMs > MOST_MS,
			`Over HTTP, an answer took ${overHttp.slowestMs} ms, more than ${MOST_MS}.`,
		],
		[notRefused !== '', `Of the flood, not all were answered 401: ${notRefused}.`],
		[
			flood.accepted !== flood.good,
			`During the flood, ${flood.accepted} of ${flood.good} good deliveries were accepted.`,
		],
		[
			flood.executions !== flood.accepted,
			`During the flood, ${flood.accepted} deliveries were accepted, but there were ${flood.executions} executions.`,
		],
		[
			flood.slowestMs > MOST_MS,
			`During the flood, an answer took ${flood.slowestMs} ms, more than ${MOST_MS}.`,
		],
		[
			checksMemory && grown > MOST_MEGABYTES,
			`n8n kept ${grown} MB more after the flood, more than ${MOST_MEGABYTES}.`,
		],
		[leaks.length > 0, `n8n left a secret in ${leaks.join(', ')}.`],
	];
	if (slow)
		checks.push(
			[notCut !== '', `Of the slow deliveries, not all were answered 408: ${notCut}.`],
			[
				slow.heldMs > HELD_MS + SLACK_MS,
				`A slow delivery was held for ${slow.heldMs} ms, more than ${HELD_MS + SLACK_MS}.`,
			],
			[!slow.isServing, 'Beside the slow deliveries, good ones were not accepted.'],
			[slow.executions > 0, `${slow.executions} slow deliveries started executions.`],
		);
	return checks.filter(([isMissed]) => isMissed).map(([, sentence]) => sentence);
}
