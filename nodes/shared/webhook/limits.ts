import type { IDataObject, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { bounded, responseModeOf } from '../events/options';

/** How much a delivery may hold; anything larger is answered 413. */
export interface Limits {
	/** In the body, after decompression. */
	bytes: number;
	/** Objects, lists, texts, numbers and so on: each takes far more memory than its bytes. */
	values: number;
	/** In a body that holds several. */
	events: number;
	/** In a form, and as many lists and objects that their names describe. */
	fields: number;
}

/**
 * How many deliveries a trigger may have in work in one process: as many as two cores and some
 * gigabytes carry (measured with n8n 2.41.1).
 */
const DEFAULT_AT_ONCE = 300;
const MAX_AT_ONCE = 10_000;

const KB = 1024;

/** An event takes some kilobytes; a change of status of thousands of people may take more. */
const DEFAULT_KB = 1024;

/** n8n's own default limit; nodes cannot see whether it was changed. */
const MAX_KB = 16 * KB;

/** Averages below those of real deliveries; a real form has some hundred fields. */
const BYTES_PER_VALUE = 20;
const BYTES_PER_EVENT = 500;
const BYTES_PER_FIELD = 200;

/** Below the default size, a body may be as dense as it likes. */
function limitsFor(bytes: number): Limits {
	const dense = Math.max(bytes, DEFAULT_KB * KB);
	return {
		bytes,
		values: Math.floor(dense / BYTES_PER_VALUE),
		events: Math.floor(dense / BYTES_PER_EVENT),
		fields: Math.floor(dense / BYTES_PER_FIELD),
	};
}

/** The limits unless the user changes them. */
export const DEFAULT_LIMITS: Limits = limitsFor(DEFAULT_KB * KB);

/** An option of webhook triggers. */
export const largestBodyOption: INodeProperties = {
	displayName: 'Largest Body (kB)',
	name: 'largestBodyKb',
	type: 'number',
	default: DEFAULT_KB,
	typeOptions: { minValue: 1, maxValue: MAX_KB },
	description:
		'Larger deliveries are answered 413. With a higher limit, an accepted sender can slow down n8n and fill its memory.',
};

/** An option of webhook triggers. */
export const deliveriesAtOnceOption: INodeProperties = {
	displayName: 'Deliveries at Once',
	name: 'deliveriesAtOnce',
	type: 'number',
	default: DEFAULT_AT_ONCE,
	typeOptions: { minValue: 1, maxValue: MAX_AT_ONCE },
	description:
		'How many accepted deliveries each n8n process may have in work. Further ones are answered 503, so that their sender sends them again later, before n8n runs out of memory.',
};

const settings = new WeakMap<IWebhookFunctions, IDataObject>();

/** The evaluated options of a trigger; n8n takes a while to evaluate them for each step. */
export function settingsOf(context: IWebhookFunctions): IDataObject {
	const evaluated =
		settings.get(context) ?? ((context.getNodeParameter('settings', {}) ?? {}) as IDataObject);
	settings.set(context, evaluated);
	return evaluated;
}

/** When the sender is answered. */
export const modeOf = (context: IWebhookFunctions): string =>
	responseModeOf((name) =>
		name === 'settings' ? settingsOf(context) : context.getNodeParameter(name, ''),
	);

/** The most deliveries in work, by the evaluated options. */
export const deliveriesAtOnceOf = ({ deliveriesAtOnce }: IDataObject): number =>
	bounded(deliveriesAtOnce, MAX_AT_ONCE) ?? DEFAULT_AT_ONCE;

/** The limits by the evaluated options. */
export function limitsOf(options: IDataObject | undefined): Limits {
	const kilobytes = Number(options?.largestBodyKb ?? DEFAULT_KB);
	return kilobytes >= 1 ? limitsFor(Math.floor(Math.min(kilobytes, MAX_KB) * KB)) : DEFAULT_LIMITS;
}
