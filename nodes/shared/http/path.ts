/** A path whose values cannot leave it, whatever they hold: path`/teams/${id}`. */
export const path = (parts: TemplateStringsArray, ...values: string[]): string =>
	parts.reduce((whole, part, index) => whole + encodeURIComponent(values[index - 1]) + part);
