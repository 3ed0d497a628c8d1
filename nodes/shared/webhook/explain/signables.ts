import { isSortable } from '../verification/sign';
import type { CapturedDelivery, Header } from './delivery';
import type { TimeSource } from './signatures';

/** What a sender may have signed. */
export interface Signable {
	/** A text with the placeholders of `sign`. */
	signed: string;
	time?: TimeSource;
	id?: Header;
	/** One of the delivery's, where it is signed. */
	url?: string;
}

/**
 * What senders sign, by what it is made of, the most common first. Each line is used by a sender that
 * documents it, or differs from one only in what stands between.
 */
const TEMPLATES = {
	body: ['{body}'],
	time: [
		'{timestamp}.{body}',
		'v0:{timestamp}:{body}',
		'{timestamp}:{body}',
		'{timestamp}{body}',
		'{body}{timestamp}',
		'v1:{timestamp}:{body}',
		'{body}.{timestamp}',
		'{timestamp}{newline}{body}',
		'{timestamp}|{body}',
		'{timestamp},{body}',
		'{timestamp}-{body}',
		'{timestamp} {body}',
		'v1.{timestamp}.{body}',
		'v0.{timestamp}.{body}',
		'{body}:{timestamp}',
		'{body}|{timestamp}',
		'{body}{newline}{timestamp}',
	],
	idAndTime: [
		'{id}.{timestamp}.{body}',
		'{timestamp}.{id}.{body}',
		'{id}{timestamp}{body}',
		'{timestamp}{id}{body}',
		'{id}:{timestamp}:{body}',
		'{timestamp}:{id}:{body}',
		'{id}|{timestamp}|{body}',
		'{timestamp}{newline}{id}{newline}{body}',
		'{timestamp}{newline}{id}{newline}{body}{newline}',
	],
	url: [
		'{url}{body}',
		'{url}{sortedForm}',
		'{body}{url}',
		'{method}{url}{body}',
		'{method}{path}{body}',
		'{url}.{body}',
		'{url}:{body}',
		'{url}|{body}',
		'{path}{body}',
		'{method}{decodedUrl}{body}',
		'{method}{newline}{url}{newline}{body}',
		'{method}{newline}{path}{newline}{body}',
	],
	sortedForm: ['{sortedForm}'],
	id: ['{id}.{body}', '{id}{body}', '{body}{id}', '{id}:{body}', '{body}.{id}'],
	urlAndTime: [
		'{method}{decodedUrl}{body}{timestamp}',
		'{method}{url}{body}{timestamp}',
		'{timestamp}{method}{path}{body}',
		'{timestamp}{url}{body}',
		'{url}{timestamp}{body}',
		'{url}{body}{timestamp}',
		'{timestamp}.{url}.{body}',
		'{url}.{timestamp}.{body}',
		'{timestamp}.{method}.{path}.{body}',
		'{method}{path}{timestamp}{body}',
		'{method}{url}{timestamp}{body}',
		'{method}{newline}{path}{newline}{timestamp}{newline}{body}',
		'{timestamp}{newline}{method}{newline}{path}{newline}{body}',
		'{method}{newline}{url}{newline}{timestamp}{newline}{body}',
	],
};

/** The parts of a delivery that vary in what is signed. */
interface Parts {
	urls: readonly string[];
	times: readonly TimeSource[];
	ids: readonly Header[];
}

/** The longest form whose fields are sorted over and over. */
const MAX_FORM_BYTES = 200_000;

const isForm = ({ body }: CapturedDelivery): boolean =>
	body.length <= MAX_FORM_BYTES && body.includes('=') && isSortable(body);

/** Everything that a sender may have signed, the likely first. */
export function* signablesOf(
	delivery: CapturedDelivery,
	{ urls, times, ids }: Parts,
): Generator<Signable> {
	const fits = isForm(delivery)
		? () => true
		: (signed: string): boolean => !signed.includes('{sortedForm}');
	const all = (templates: readonly string[], parts: Omit<Signable, 'signed'>): Signable[] =>
		templates.filter(fits).map((signed) => ({ signed, ...parts }));
	yield* all(TEMPLATES.body, {});
	for (const time of times) yield* all(TEMPLATES.time.slice(0, 5), { time });
	for (const id of ids) for (const time of times) yield* all(TEMPLATES.idAndTime, { id, time });
	for (const url of urls) yield* all(TEMPLATES.url, { url });
	yield* all(TEMPLATES.sortedForm, {});
	for (const time of times) yield* all(TEMPLATES.time.slice(5), { time });
	for (const id of ids) yield* all(TEMPLATES.id, { id });
	for (const url of urls) for (const time of times) yield* all(TEMPLATES.urlAndTime, { url, time });
}
