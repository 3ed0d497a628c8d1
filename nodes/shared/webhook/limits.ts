import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** How much a delivery may hold; more is answered 413. */
export interface Limits {
	/** Of the body, after decompression. */
	bytes: number;
	/** Objects, lists, texts, numbers and so on, as each takes far more memory than its bytes. */
	values: number;
	/** Of a body that tells of several. */
	events: number;
	/** Of a form, and as many lists and objects that their names describe. */
	fields: number;
}

const KB = 1024;

/** Events take some kilobytes; a change of status of thousands may take more. */
const DEFAULT_KB = 1024;

/** n8n's own limit unless it is changed, which is not visible to nodes. */
const MOST_KB = 16 * KB;

/** On average, those of real deliveries take more, but for fields: a form has some hundred. */
const BYTES_PER_VALUE = 20;
const BYTES_PER_EVENT = 500;
const BYTES_PER_FIELD = 200;

/** A smaller body may be as dense as it likes. */
function limitsFor(bytes: number): Limits {
	const dense = Math.max(bytes, DEFAULT_KB * KB);
	return {
		bytes,
		values: Math.floor(dense / BYTES_PER_VALUE),
		events: Math.floor(dense / BYTES_PER_EVENT),
		fields: Math.floor(dense / BYTES_PER_FIELD),
	};
}

/** What holds unless the user changes it. */
export const DEFAULT_LIMITS: Limits = limitsFor(DEFAULT_KB * KB);

/** An option of webhook triggers. */
export const largestBodyOption: INodeProperties = {
	displayName: 'Largest Body (kB)',
	name: 'largestBodyKb',
	type: 'number',
	default: DEFAULT_KB,
	typeOptions: { minValue: 1, maxValue: MOST_KB },
	description:
		'Larger deliveries are answered 413. With a higher limit, whoever may deliver can slow down n8n and fill its memory.',
};

/** The limits in the evaluated value of the options. */
export function limitsOf(settings: unknown): Limits {
	const kilobytes = Number(((settings ?? {}) as IDataObject).largestBodyKb ?? DEFAULT_KB);
	return kilobytes >= 1 ? limitsFor(Math.floor(Math.min(kilobytes, MOST_KB) * KB)) : DEFAULT_LIMITS;
}
