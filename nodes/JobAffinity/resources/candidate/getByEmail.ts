import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { withListInfo } from '../../../shared/actions/listInfo';
import type { Operation } from '../../../shared/actions/operation';
import { outputSchema, withOutput } from '../../../shared/actions/output';
import type { RecordOutput } from '../../../shared/actions/record';
import { parameterError } from '../../../shared/actions/parameters';
import { asText, textAt } from '../../../shared/values/text';
import { pages } from '../../api/pagination';
import { rootLink } from '../../api/rootLinks';
import { records } from '../records';

const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. name@email.com',
	description: 'Email address of the candidate, the primary or the secondary one',
};

/** How many pages of 100 candidates to read. JobAffinity searches, so one page is enough. */
const MAX_PAGES = 10;

const SEVERAL_PAGES =
	'JobAffinity listed more than 1,000 candidates for this address, as if it had not searched for it. Only those were compared, so a candidate with this address may be among the others.';

const CIRCLE =
	"JobAffinity's pages led in a circle, so not all candidates it listed were compared.";

const isSame = (value: unknown, email: string): boolean =>
	asText(value)?.trim().toLowerCase() === email.toLowerCase();

/**
 * Whether a listed candidate has the address. The older generation of the reference shows no
 * secondary one: then an only candidate is taken to be JobAffinity's answer.
 */
const hasEmail = (record: IDataObject, email: string, isOnly: boolean): boolean =>
	isSame(record.email, email) ||
	isSame(record.email_secondary, email) ||
	(isOnly && !('email_secondary' in record) && textAt(record, 'id') !== null);

/** Candidates with an address, and why there may be more. */
interface Search {
	found: IDataObject[];
	reason?: string;
}

async function search(context: IExecuteFunctions, email: string): Promise<Search> {
	const request = { link: await rootLink(context, 'candidates'), query: { email } };
	let hasMore = false;
	const reader = pages(context, request, (hasNext) => (hasMore = hasNext));
	const found: IDataObject[] = [];
	for (let count = 1; count <= MAX_PAGES; count++) {
		const { value, done } = await reader.next();
		if (done) return value ? { found, reason: CIRCLE } : { found };
		const isOnly = count === 1 && value.length === 1 && !hasMore;
		found.push(...value.filter((record) => hasEmail(record, email, isOnly)));
	}
	return hasMore ? { found, reason: SEVERAL_PAGES } : { found };
}

/** A candidate, and what was searched for. */
const record: RecordOutput = {
	...records.candidate,
	schema: records.candidate.schema.extend({ found: z.boolean(), searchedEmail: z.string() }),
	always: ['found', 'searchedEmail'],
};

/**
 * GET /candidate with `email`, which matches the primary or the secondary address (documented,
 * reference: list all candidates). Whether it minds upper and lower case is not documented, so an
 * address with capitals that is not found is tried in lower case.
 */
const operation = withOutput({
	value: 'getByEmail',
	name: 'Get by Email',
	action: 'Get candidate by email',
	description:
		'Find out whether there is a candidate with an email address, and retrieve it; usually one request, ten at most for each spelling',
	fields: [emailField],
	isRead: true,
	record,
	async run(context, index, hint) {
		const email = asText(context.getNodeParameter('email', index, ''))?.trim() ?? '';
		if (email === '')
			throw parameterError(context, index)('Email is empty', 'Give it a value for this item.');
		let { found, reason } = await search(context, email);
		if (found.length === 0 && reason === undefined && email !== email.toLowerCase())
			({ found, reason } = await search(context, email.toLowerCase()));
		if (reason !== undefined) hint.partial({ reason });
		return found.length > 0
			? found.map((record) => ({ ...record, found: true, searchedEmail: email }))
			: [{ found: false, searchedEmail: email }];
	},
});

export const getByEmail: Operation = { ...operation, schema: withListInfo(outputSchema(record)) };
