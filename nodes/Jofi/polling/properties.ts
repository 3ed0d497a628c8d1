import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** The options that only JOFI's polling has, as the streams need them. */
export interface PollingOptions {
	acceptTestKey: boolean;
	checkAllMs: number;
	watchMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const defaults = { checkAllMinutes: 60, watchDays: 90 };

export const pollingOptions: INodeProperties[] = [
	{
		displayName: 'Accept a Test Key',
		name: 'acceptTestKey',
		type: 'boolean',
		default: false,
		description:
			'Whether to accept the records that JOFI makes up for a test key. Items then have the mode test.',
	},
	{
		displayName: 'Check All Every (Minutes)',
		name: 'checkAllMinutes',
		type: 'number',
		default: 60,
		typeOptions: { minValue: 1 },
		description:
			"Assessment Completed only: how often to read every test taker with open assessments, one request each, whatever JOFI's counters of completed assessments say. In between, they are read when a counter moves.",
	},
	{
		displayName: 'Watch Period (Days)',
		name: 'watchDays',
		type: 'number',
		default: 90,
		typeOptions: { minValue: 1 },
		description:
			'Assessment Completed only: how long to check a test taker who does not complete all assigned assessments',
	},
];

const positive = (value: unknown, otherwise: number): number => {
	const number = Number(value ?? otherwise);
	return number > 0 ? number : otherwise;
};

/** The options in the collection's evaluated value; missing ones have their defaults. */
export const pollingOptionsOf = (given: IDataObject): PollingOptions => ({
	acceptTestKey: given.acceptTestKey === true,
	checkAllMs: positive(given.checkAllMinutes, defaults.checkAllMinutes) * MINUTE_MS,
	watchMs: positive(given.watchDays, defaults.watchDays) * DAY_MS,
});
