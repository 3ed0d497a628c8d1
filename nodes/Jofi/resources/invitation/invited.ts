import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { asText, textAt } from '../../../shared/values/text';
import { invitationShownBy } from '../../api/invitations';
import { list } from '../../api/transport';

/** Addresses are compared without regard to case, as mail servers do. */
const normalized = (email: unknown): string => (asText(email) ?? '').trim().toLowerCase();

/** Somebody who was invited before. */
export interface Invited {
	invitation: IDataObject;
	/** How it is known, as a sentence. */
	reason: string;
}

/** Who was invited before, by email address, as far as it can be known. */
export class InvitedPersons {
	private readonly byEmail = new Map<string, Invited>();

	/**
	 * @param isComplete whether all invitations were seen. JOFI lists only its newest, so somebody may
	 * have been invited by an older one.
	 */
	constructor(readonly isComplete: boolean) {}

	find(email: unknown): Invited | undefined {
		return this.byEmail.get(normalized(email));
	}

	/** The first one that is added for an address stays. */
	add(email: unknown, invited: Invited): void {
		const key = normalized(email);
		if (key !== '' && !this.byEmail.has(key)) this.byEmail.set(key, invited);
	}
}

/**
 * Reads who was invited: the invitations, and if JOFI does not list all of them, also the test
 * takers, who may have accepted an older one. That list is documented to have email addresses
 * (docs/test-takers); of the list of invitations only the route is documented.
 */
async function readInvited(context: IExecuteFunctions): Promise<InvitedPersons> {
	const invitations = await list(context, '/invitations');
	const { records, hasMore, totalCount, mode } = invitations;
	const isComplete =
		!hasMore &&
		(totalCount ?? records.length) <= records.length &&
		records.every((record) => normalized(record.email) !== '');
	const invited = new InvitedPersons(isComplete);
	for (const record of records)
		invited.add(record.email, {
			invitation: { mode, ...record },
			reason: `JOFI lists an invitation to this address, with the ID ${textAt(record, 'id') ?? 'unknown'}.`,
		});
	if (isComplete) return invited;
	const testTakers = await list(context, '/test-takers');
	for (const record of testTakers.records)
		invited.add(record.email, {
			invitation: { mode: testTakers.mode, ...invitationShownBy(record) },
			reason: `JOFI lists a test taker with this address, with the ID ${textAt(record, 'id') ?? 'unknown'}.`,
		});
	return invited;
}

const reading = new WeakMap<IExecuteFunctions, Promise<InvitedPersons>>();

/**
 * Who was invited before, read once in an execution of the node, however many input items there are.
 *
 * @throws NodeApiError when JOFI's lists cannot be read; then nobody is to be invited
 */
export async function invitedPersons(context: IExecuteFunctions): Promise<InvitedPersons> {
	const persons = reading.get(context) ?? readInvited(context);
	reading.set(context, persons);
	return await persons;
}
