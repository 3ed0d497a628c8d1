import {
	course,
	namedTexts,
	texts,
	type Blocks,
	type BlockSchemas,
} from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { personOf } from './person';
import { referencesOf } from './references';
import { REFS } from './schemas';

/** The blocks of Innovative Educators' items. It sends no address that a person could open. */
export const blocks: BlockSchemas = {
	course,
	refs: texts(...REFS),
	references: namedTexts,
	links: texts(),
};

/** The values that the institution sent in single sign-on (documented). */
const refsOf = ({ userDetail }: Payload): Blocks['refs'] =>
	Object.fromEntries(REFS.map((ref) => [ref, textAt(userDetail, ref)]));

/** That `notifiableId` is the course is documented. */
export const completionBlocks = (payload: Payload, extra?: Payload): Blocks => ({
	person: personOf(payload),
	course: {
		id: textAt(payload, 'notifiableId'),
		title: textAt(payload, 'title'),
		completedAt: textAt(payload, 'timestamp'),
		isRepeat: typeof extra?.isRepeat === 'boolean' ? extra.isRepeat : null,
	},
	refs: refsOf(payload),
	references: referencesOf(payload, extra),
});

/** What is known of an event about which this version knows nothing. */
export const unrecognizedBlocks = (payload: Payload, extra?: Payload): Blocks => ({
	references: referencesOf(payload, extra),
});
