import truncate from 'lodash/truncate';

import type { Person, Subject } from './contract';

/** Longer subject lines are cut by most mail programs anyway. */
const MAX_LENGTH = 200;

/** A name from its parts; `null` if there are none. */
export const fullName = (...parts: Array<string | null | undefined>): string | null =>
	parts.filter((part) => part?.trim()).join(' ') || null;

/** The person as a title names them. @param otherwise for one without a name and an address */
export const nameOf = ({ name, email }: Person, otherwise: string): string =>
	name?.trim() || email || otherwise;

/** One line without line breaks and other control characters, so that it fits a mail's header. */
export const toLine = (title: string): string =>
	truncate(title.replace(/[\s\p{Cc}]+/gu, ' ').trim(), { length: MAX_LENGTH, omission: '…' });

/** The title of an event about which this version knows nothing. */
export const unrecognizedTitle = ({ label, event, person }: Subject): string =>
	person.name === null ? `${label} sent ${event}` : `${label} sent ${event} about ${person.name}`;
