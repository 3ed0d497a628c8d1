import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeProperties,
} from 'n8n-workflow';

import { asText, textAt } from '../delivery/text';
import { list } from './transport';

/** A kind of record that people choose from a list instead of looking up its ID. */
interface Choice {
	label: string;
	path: string;
	description: string;
	placeholder: string;
	/** The field that identifies it at JOFI; `id` unless said. */
	field?: string;
	/** What the field is called. */
	identifiedBy?: string;
	/** Which records can be chosen; all unless said. */
	offers?(record: IDataObject): boolean;
	/** What the list shows of a record. */
	title(record: IDataObject): string;
}

const displayName = (record: IDataObject) => textAt(record, 'display_name') ?? textAt(record, 'id') ?? '';

function nameAndEmail(record: IDataObject): string {
	const name = [record.first_name, record.last_name].map(asText).filter(Boolean).join(' ');
	const email = asText(record.email);
	return name && email ? `${name} (${email})` : name || email || displayName(record);
}

/** Everything that can be chosen; the key is the parameter's name. */
const choices = {
	assessment: {
		label: 'Assessment',
		path: '/assessments',
		description: 'An assessment of the catalogue',
		placeholder: 'e.g. 6',
		title: displayName,
	},
	careerNavigationProfile: {
		label: 'Career Navigation Profile',
		path: '/career-navigation-profiles',
		description: 'The career navigation profile; the list shows the newest',
		placeholder: 'e.g. CNP0000012345',
		title: nameAndEmail,
	},
	emailTemplate: {
		label: 'Email Template',
		path: '/email-templates',
		description: 'Takes the place of the invitation template that the inviter has as default',
		placeholder: 'e.g. 7001',
		// The others are for the end of the assessments, and not to be chosen (documented, api/invitations).
		offers: ({ type }) => type !== 'congrats',
		title: displayName,
	},
	invitation: {
		label: 'Invitation',
		path: '/invitations',
		description: 'The invitation; the list shows the newest',
		placeholder: 'e.g. 31001',
		title: nameAndEmail,
	},
	inviter: {
		label: 'Inviter',
		path: '/users',
		description: 'The JOFI user who invites; what is not set here comes from their settings at JOFI',
		placeholder: 'e.g. recruiter@example.com',
		field: 'email',
		identifiedBy: 'Email',
		title: nameAndEmail,
	},
	scoreProfile: {
		label: 'Score Profile',
		path: '/score-profiles',
		description: 'What the scores are compared with',
		placeholder: 'e.g. JOFI-295-AS',
		field: 'short_name',
		identifiedBy: 'Short Name',
		title: (record) => `${displayName(record)} (${textAt(record, 'short_name') ?? ''})`,
	},
	team: {
		label: 'Team',
		path: '/teams',
		description: "Takes the place of the inviter's default team",
		placeholder: 'e.g. 55',
		title: displayName,
	},
	testTaker: {
		label: 'Test Taker',
		path: '/test-takers',
		description: 'The test taker; the list shows the newest',
		placeholder: 'e.g. 42001',
		title: nameAndEmail,
	},
} satisfies Record<string, Choice>;

type ChoiceName = keyof typeof choices;

/** A parameter that takes a record from JOFI's list, or by its ID, also from an expression. */
export function locator(name: ChoiceName, changes: Partial<INodeProperties> = {}): INodeProperties {
	const { label, description, placeholder, identifiedBy = 'ID' }: Choice = choices[name];
	return {
		displayName: label,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: name, searchable: true },
			},
			{ displayName: `By ${identifiedBy}`, name: 'id', type: 'string', placeholder },
		],
		...changes,
	};
}

type SearchMethods = Record<
	string,
	(this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>
>;

/** n8n's `methods.listSearch`: what each list shows, narrowed down by what the user types. */
export const listSearch: SearchMethods = Object.fromEntries(
	Object.entries<Choice>(choices).map(([name, { path, field = 'id', offers = () => true, title }]) => [
		name,
		async function (this: ILoadOptionsFunctions, filter = '') {
			const { records } = await list(this, path);
			const results = records
				.filter(offers)
				.map((record) => ({ name: title(record), value: textAt(record, field) ?? '' }))
				.filter(({ value }) => value !== '')
				.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(filter.toLowerCase()));
			return { results };
		},
	]),
);

/** What a locator holds, `null` when it is empty; inside a collection n8n hands it over whole. */
export function located(value: unknown): string | null {
	const { __rl: isLocator, value: inner } = (value ?? {}) as IDataObject;
	return asText(isLocator ? inner : value)?.trim() || null;
}

/**
 * The value of a locator that must be set.
 *
 * @throws NodeOperationError when it is empty, or only dots, which would lead a path elsewhere
 */
export function valueOf(context: IExecuteFunctions, { name, displayName }: INodeProperties, index: number): string {
	const value = located(context.getNodeParameter(name, index, ''));
	if (value !== null && !/^\.+$/.test(value)) return value;
	throw new NodeOperationError(context.getNode(), `${displayName} is ${value === null ? 'empty' : 'not an ID'}`, {
		itemIndex: index,
		description: 'Choose it from the list, or give it by an expression that has a value for this item.',
	});
}
