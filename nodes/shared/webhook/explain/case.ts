import type { VerificationConfig } from '../verification/config';
import type { Method } from '../verification/credential';
import type { CapturedDelivery } from './delivery';
import type { Budget, Clues } from './search';
import type { Settings } from './settings';

/** What a person gets to read about a delivery. */
export interface Explanation {
	/** Whether the credential accepts it. */
	accepted: boolean;
	/** What happened. */
	reason: string;
	/** What to do; empty if nothing. */
	howToFix: string;
	/** What to choose and enter in the credential; `null` if nothing. */
	settings: Settings | null;
}

/** What is known of the sender. */
export interface Sender {
	/** As people write it. */
	label: string;
	/** What to do about a delivery that proves nothing, as sentences. */
	whenUnsigned: string;
	/** The methods that its credential offers. */
	methods: readonly Method[];
}

/** What was found out. */
export type Verdict =
	| 'accepted'
	| 'tooOld'
	| 'otherAddress'
	| 'noSecret'
	| 'otherSettings'
	| 'spacesInSecret'
	| 'otherUrl'
	| 'changedBody'
	| 'secretInDelivery'
	| 'signatureInBody'
	| 'plainHash'
	| 'publicKey'
	| 'otherSecret'
	| 'otherLogin'
	| 'unsigned';

/** An explanation, and what it took. */
export interface Report extends Explanation {
	verdict: Verdict;
	/** How many HMACs and hashes were computed. */
	hmacs: number;
}

/** An explanation, before it is known what it took. */
export type Judgment = Omit<Report, 'hmacs'>;

/** Everything that a delivery is judged by. */
export interface Case {
	delivery: CapturedDelivery;
	clues: Clues;
	/** `undefined` without a credential. */
	config: VerificationConfig | undefined;
	sender: Sender;
	budget: Budget;
	/** When it was received, in milliseconds since 1970; `undefined` if nobody knows. */
	receivedAt: number | undefined;
}
