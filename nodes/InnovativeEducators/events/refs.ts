import type { IDataObject } from 'n8n-workflow';

import type { Payload } from '../../shared/events/types';
import { asText } from '../../shared/values/text';

/** `ref1` to `ref3` are documented; other users of the platform have seen up to `ref10`. */
export const REFS: readonly string[] = Array.from({ length: 10 }, (_, index) => `ref${index + 1}`);

/** What the institution sent in single sign-on: the references that have a value. */
export function refsOf({ userDetail }: Payload): IDataObject {
	const details = (userDetail ?? {}) as IDataObject;
	return Object.fromEntries(REFS.map((ref) => [ref, asText(details[ref])]).filter(([, value]) => value !== null)) as IDataObject;
}
