import type { IDataObject } from 'n8n-workflow';

import { asText } from '../../../shared/values/text';
import { fieldsOf } from '../../api/requestedFields';

/** The result of reading one field back. */
export type Verdict = 'as sent' | 'not as sent' | 'not shown' | 'not checked';

/**
 * A text in comparable form: choices are shown with or without HTML (documented, update), and
 * spaces may be trimmed.
 */
const plain = (value: unknown): string =>
	(asText(value) ?? '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/**
 * Answers to a multiple-choice field have no order; a single one may be shown with or without its
 * list.
 */
const answersIn = (value: unknown): string[] =>
	[...new Set([value].flat().map(plain).filter(Boolean))].sort();

/** Whether both are the same text, or the same answers in any order. */
const isSame = (sent: unknown, shown: unknown): boolean =>
	JSON.stringify(answersIn(sent)) === JSON.stringify(answersIn(shown));

/**
 * Compares each field that was sent with the record. `not shown` means that the record has no such
 * field: it does not exist, the user has no form with it, or Regpack shows it under its other name.
 */
export function compareUpdate(sent: IDataObject, record: IDataObject): Record<string, Verdict> {
	const shown = fieldsOf(record);
	const verdictOf = (name: string): Verdict => {
		if (shown[name] === undefined) return 'not shown';
		return isSame(sent[name], shown[name]) ? 'as sent' : 'not as sent';
	};
	return Object.fromEntries(Object.keys(sent).map((name) => [name, verdictOf(name)]));
}
