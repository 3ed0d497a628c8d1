import type { IDataObject, IExecuteFunctions, NodeApiError } from 'n8n-workflow';
import zipObject from 'lodash/zipObject';

import { within } from '../../shared/values/within';
import { applicantOf } from '../events/applicant';
import { post, REGPACK_CREDENTIAL } from './transport';

/** A record, or why there is none: what happened and what to do, as sentences. */
export type Found = { record: IDataObject } | { error: string };

/** Whom to read. Both IDs are digits; without a project it is the credential's. */
export interface UserId {
	id: string;
	project?: string;
}

/** How many refusals in a row, with nothing read, mean that the others are refused as well. */
const MAX_REFUSALS = 3;

const sentenceOf = (error: unknown): string => {
	const { message, description } = error as { message: string; description?: string | null };
	return [message, description]
		.filter(Boolean)
		.map((text) => String(text).replace(/\.?$/, '.'))
		.join(' ');
};

/** Whether the error of a response would meet every other request as well. */
const isGeneral = ({ httpCode }: NodeApiError): boolean =>
	httpCode === undefined ||
	httpCode === null ||
	['401', '403', '429'].includes(httpCode) ||
	/^5/.test(httpCode);

/**
 * Whom a record is about, unless it is this user. Every call about a user returns both parts
 * (documented, user), and its samples have the ID.
 */
function otherIn(record: IDataObject, id: string): string | undefined {
	const { cloginId } = applicantOf(record);
	if (cloginId !== null) return Number(cloginId) === Number(id) ? undefined : `user ${cloginId}`;
	return 'user_info' in record || 'meta_info' in record ? undefined : 'no user';
}

/**
 * Reads users, each once (get_info, documented), and no longer than until a time. It never throws.
 * What would meet every user, such as a wrong login, ends the reading: all others have the same
 * error without a request.
 */
export class UserReader {
	private readonly found = new Map<string, Promise<Found>>();

	private readonly selection: IDataObject;

	/** Why no more is read. */
	private failure?: string;

	private refusals = 0;

	/**
	 * @param fields what to read, by mapped names or IDs
	 * @param deadline until when, in milliseconds since 1970
	 * @param tooLate the sentence for those who are not read by then
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		fields: readonly string[],
		private readonly deadline: number,
		private readonly tooLate: string,
	) {
		this.selection = zipObject(
			fields,
			fields.map(() => true),
		);
	}

	/** The record of a user. */
	async read(user: UserId): Promise<Found> {
		const key = `${user.project ?? ''}:${user.id}`;
		const found = this.found.get(key) ?? this.readOnce(user);
		this.found.set(key, found);
		return await found;
	}

	private async readOnce(user: UserId): Promise<Found> {
		if (this.failure !== undefined) return { error: this.failure };
		const { context } = this;
		if (!context.getNode().credentials?.[REGPACK_CREDENTIAL])
			return this.end('No Regpack API credential is chosen. Choose one in this node.');
		try {
			const ms = this.deadline - Date.now();
			const response = ms > 0 ? await within(ms, this.request(user)) : undefined;
			return response?.value ?? this.end(this.tooLate);
		} catch (error) {
			// Nothing was sent, as without a valid project or with a credential that cannot be read.
			return this.end(sentenceOf(error));
		}
	}

	private async request({ id, project }: UserId): Promise<Found> {
		const { response, error } = await post(this.context, {
			endpoint: 'users',
			action: 'get_info',
			body: { group_id: project, clogin_id: Number(id), doc: this.selection },
			isRead: true,
			object: 'user',
			idKey: 'clogin_id',
			advice: 'Check that the user is in the project.',
		});
		if (error) {
			const sentence = sentenceOf(error);
			return isGeneral(error) || ++this.refusals >= MAX_REFUSALS
				? this.end(sentence)
				: { error: sentence };
		}
		const record = response.body as IDataObject;
		const other = otherIn(record, id);
		if (other !== undefined)
			return {
				error: `Regpack was asked for user ${id} and gave ${other}. Check that the user is in the project.`,
			};
		this.refusals = 0;
		return { record };
	}

	private end(sentence: string): Found {
		this.failure = sentence;
		this.context.logger.warn(`Regpack's user details could not be fetched: ${sentence}`);
		return { error: sentence };
	}
}
