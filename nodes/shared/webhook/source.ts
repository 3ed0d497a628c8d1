import type { Event, EventSource } from '../events/types';
import type { Limits } from './limits';
import type { SignedMessage } from './replay';
import type { WebhookCredential } from './verification/credential';

/** A delivery whose sender has been verified. */
export interface RawDelivery {
	/** The media type of the body. */
	contentType: string;
	/** In UTF-8; of a GET request the query, as the body of a form. Secrets have been removed. */
	body: Buffer;
	/** How the body was encoded, unless it was UTF-8; the items have it, too. */
	encoding?: string;
	limits: Limits;
	/** The signed message that it arrived in. */
	message?: SignedMessage;
	/** The ID of a test event that this package sent. */
	test?: string;
	/** What a person who is testing should know about the delivery, a sentence each. */
	hints: string[];
}

/** Reads a parameter of the node. */
export type ReadParameter = (name: string, fallback: string) => unknown;

/** A provider's webhooks: all that distinguishes one webhook trigger from another. */
export interface WebhookSource extends EventSource {
	/** Whether the provider delivers to HTTPS addresses only. */
	requiresHttps: boolean;
	/** The credential that verifies deliveries. */
	credential: WebhookCredential;
	/**
	 * What verifies a delivery unless the user chooses otherwise; an allowlist is what the provider
	 * documents.
	 */
	verification: 'credential' | { ipAllowlist: string };
	/**
	 * What to do about a delivery that proves nothing, as sentences: what the provider offers, and
	 * where to set it up.
	 */
	whenUnsigned: string;
	/** Whether the provider acts on the response: then one that is not a node's reply is empty. */
	emptyResponse: boolean;
	/**
	 * Reads the events of a delivery, at least one.
	 *
	 * @throws Rejection when the body is not one of the provider's
	 */
	decode(delivery: RawDelivery, parameter: ReadParameter): Event[];
}
