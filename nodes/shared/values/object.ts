import type { IDataObject } from 'n8n-workflow';

/** Of parsed JSON; lodash's `isPlainObject` takes a hundred times as long, which counts with thousands of people. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
