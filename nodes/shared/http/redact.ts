/**
 * A copy of an answer in which `hidden` stands for each of the given texts, so that a provider that repeats what
 * it was sent does not show a secret.
 */
export function redactSecrets<Body>(body: Body, secrets: readonly string[]): Body {
	if (body === undefined) return body;
	// The longest first, as one may be part of another.
	const all = [...secrets].filter(Boolean).sort((a, b) => b.length - a.length);
	const hide = (text: string) => all.reduce((rest, secret) => rest.replaceAll(secret, 'hidden'), text);
	return JSON.parse(JSON.stringify(body), (_key, value: unknown) => (typeof value === 'string' ? hide(value) : value)) as Body;
}
