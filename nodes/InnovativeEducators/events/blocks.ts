import { course, texts, type Blocks, type BlockSchemas } from '../../shared/events/contract';
import type { Payload } from '../../shared/events/types';
import { textAt } from '../../shared/values/text';
import { personOf } from './person';
import { REFS } from './schemas';

/** The blocks of Innovative Educators' items. It sends no address that a person could open. */
export const blocks: BlockSchemas = { course, refs: texts(...REFS), links: texts() };

/** The values that the institution sent in single sign-on (documented). */
const refsOf = ({ userDetail }: Payload): Blocks['refs'] =>
	Object.fromEntries(REFS.map((ref) => [ref, textAt(userDetail, ref)]));

/** That `notifiableId` is the course is documented. */
export const completionBlocks = (payload: Payload): Blocks => ({
	person: personOf(payload),
	course: {
		id: textAt(payload, 'notifiableId'),
		title: textAt(payload, 'title'),
		completedAt: textAt(payload, 'timestamp'),
	},
	refs: refsOf(payload),
});
