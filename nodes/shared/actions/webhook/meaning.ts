import { URL_VARIABLE } from '../../webhook/publicUrl';

/** What came back of a test event. */
export interface TestAnswer {
	/** 0 without an answer. */
	status: number;
	/** What the trigger says became of it; empty when something else answered. */
	result: string;
	/** The trigger's sentence, if it answered with one. */
	sentence: string | undefined;
	networkCode?: string;
	label: string;
	hasCredential: boolean;
}

/** A meaning, for the first answer that it applies to. */
type Rule = readonly [(answer: TestAnswer) => boolean, (answer: TestAnswer) => string];

const isTimeout = (code: string | undefined): boolean => /TIMEDOUT|ECONNABORTED/.test(code ?? '');

const RULES: readonly Rule[] = [
	[
		({ status, networkCode }) => status === 0 && isTimeout(networkCode),
		() =>
			'No answer within 30 seconds. With Respond set to When Last Node Finishes, the workflow may still run: look at its executions. Otherwise n8n or its proxy is too busy.',
	],
	[
		({ status }) => status === 0,
		({ networkCode }) =>
			`n8n could not reach its own address (${networkCode}). Check ${URL_VARIABLE}, DNS, the certificate, and whether this machine may call its own public address.`,
	],
	[
		({ result, status }) => result === 'accepted' && status >= 500,
		() =>
			'The trigger accepted the event and started the workflow, which failed: see its execution.',
	],
	[
		({ result }) => result === 'accepted',
		() =>
			'Accepted: URL, proxy, credential and filters are right, and the workflow was started. Its items have the source testEvent.',
	],
	[
		({ result }) => result === 'notSelected',
		() =>
			'URL, proxy and credential are right, but the event started nothing: select it in Trigger On, or widen Filters.',
	],
	[
		({ result }) => result === 'duplicate',
		() => 'URL, proxy and credential are right, but the same test event came before.',
	],
	[
		({ status }) => status >= 300 && status < 400,
		() =>
			'The address redirects, and the redirect was not followed. Providers may count it as delivered: give them the final address, and mend the proxy.',
	],
	[
		({ status }) => status < 300,
		() =>
			'Something answered, but not the trigger: a proxy, another workflow, or n8n while it starts. Try again, and compare the URL.',
	],
	[
		({ status, sentence, hasCredential }) => status === 401 && !!sentence && !hasCredential,
		({ label }) =>
			`The workflow is published, and its ${label} Trigger wants deliveries to be authenticated: choose its credential in this node, too.`,
	],
	[
		({ status, sentence }) => status === 401 && !!sentence,
		({ label }) =>
			`The workflow is published, and its ${label} Trigger has another credential than this node, or a credential with another secret: choose the same in both. If it is the same, a proxy changes the body or the headers.`,
	],
	[
		({ status, sentence }) => status === 403 && !!sentence,
		() =>
			"The workflow is published, and its trigger accepts deliveries from the addresses on its IP allowlist only, which this n8n's is not. So URL and proxy are right, but filters and flow were not tried. Get Deliveries shows the address that n8n saw.",
	],
	[
		({ status }) => status === 401 || status === 403,
		() => 'A proxy in front of n8n refused the request: let it pass deliveries to /webhook/ on.',
	],
	[
		({ status }) => status === 404,
		() =>
			'No published workflow listens at this URL: publish the workflow. If it is published, publishing may have failed, or the URL or the HTTP Method has changed since.',
	],
	[
		({ status }) => status === 413,
		() => "The body was too large: raise the trigger's Largest Body, or the proxy's limit.",
	],
	[
		({ status, sentence }) => status === 503 && !!sentence,
		() => 'n8n has too much in work, or could not take the event: try again later.',
	],
	[
		({ status }) => status >= 502 && status <= 504,
		() => 'A proxy could not reach n8n, or n8n is starting or overloaded: try again later.',
	],
	[() => true, () => "n8n did not take the event: see the answer, and n8n's log."],
];

/** What an answer means, and what to do, as sentences. */
export const meaningOf = (answer: TestAnswer): string =>
	RULES.find(([applies]) => applies(answer))![1](answer);
