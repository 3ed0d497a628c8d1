/** A path in which no value can add a segment, whatever it contains: path`/teams/${id}`. */
export const path = (parts: TemplateStringsArray, ...values: string[]): string =>
	parts.reduce((whole, part, index) => whole + encodeURIComponent(values[index - 1]) + part);
