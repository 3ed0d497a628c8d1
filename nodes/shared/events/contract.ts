import type { IDataObject } from 'n8n-workflow';
import { z, type ZodObject, type ZodRawShape, type ZodTypeAny } from 'zod';

/**
 * The contract that every item keeps, whatever the provider and the way in: docs/items.md. Names are
 * in camelCase, nothing is nested more than two levels deep, and what is unknown is `null`.
 */

const text = z.string().nullable();
const number = z.number().nullable();
const flag = z.boolean().nullable();

/** A block of texts with these names. */
export const texts = (...names: string[]) =>
	z.object(Object.fromEntries(names.map((name) => [name, text])));

/** A block of texts under names that the user gives. */
export const namedTexts = z.object({}).catchall(text);

/** How an event came in. */
export const source = z.enum([
	'webhook',
	'polling',
	'nightlyFile',
	'api',
	'replay',
	'sample',
	'testEvent',
]);
export type Source = z.infer<typeof source>;

/** Somebody an event is about. IDs are text, because some have leading zeros. */
const person = z.object({
	name: text,
	firstName: text,
	lastName: text,
	email: text,
	phone: text,
	/** The provider's own ID of the person. */
	id: text,
	/** The ID that the customer gave the person at the provider. */
	externalId: text,
});
export type Person = z.infer<typeof person>;

/** Who invited the person, or manages the job. */
const owner = z.object({ name: text, email: text });
export type Owner = z.infer<typeof owner>;

/** An application for a job. */
export const application = z.object({
	id: text,
	job: text,
	jobId: text,
	jobReference: text,
	stage: text,
	previousStage: text,
	stageStatus: z.enum(['started', 'inProgress', 'ended']).nullable(),
	/** The provider's own word for `stageStatus`. */
	originalStatus: text,
	outcome: text,
	source: text,
	changedBy: text,
	changedByEmail: text,
	cvUrl: text,
});

const assessmentStatus = z.enum(['assigned', 'started', 'saved', 'completed']);
export type AssessmentStatus = z.infer<typeof assessmentStatus>;

/** The assessment that an event is about, and how far the person has come with all of them. */
export const assessment = z.object({
	id: text,
	name: text,
	shortName: text,
	status: assessmentStatus.nullable(),
	completedAt: text,
	completed: number,
	total: number,
	allCompleted: flag,
	customId: text,
	team: text,
	/** All that are assigned; empty if the provider shows none. */
	items: z.array(
		z.object({
			id: text,
			name: text,
			shortName: text,
			status: assessmentStatus,
			completedAt: text,
			countsForScore: flag,
		}),
	),
});

export const course = z.object({
	id: text,
	title: text,
	completedAt: text,
	/** Whether n8n remembers that the same person completed it before; `null` if it was not asked. */
	isRepeat: flag,
});

/** A registration for a program: its forms, its status and its payments. */
export const registration = z.object({
	/** ID of the form that the event is about. */
	form: text,
	project: text,
	status: text,
	statusId: text,
	previousStatus: text,
	isChild: flag,
	parentId: text,
	formsCompleted: number,
	formsTotal: number,
	order: number,
	paid: number,
	balance: number,
});

/** An object of any shape, such as a payload, which is passed on as it came. */
const untouched = z.object({}).passthrough();

type Block = ZodObject<ZodRawShape>;

/** The blocks of a provider's items, besides those that all items have. */
export interface BlockSchemas {
	/** What a person would click. */
	links: Block;
	[name: string]: Block;
}

/** The fields of a block that an event has. */
type Known<Schema extends ZodTypeAny> = Partial<z.infer<Schema>>;

/** What an event definition says of an event, by block. The rest of a block is `null`. */
export interface Blocks {
	person?: Partial<Person>;
	owner?: Partial<Owner>;
	links?: Record<string, string | null>;
	application?: Known<typeof application>;
	assessment?: Known<typeof assessment>;
	course?: Known<typeof course>;
	registration?: Known<typeof registration>;
	refs?: Record<string, string | null>;
	references?: Record<string, string | null>;
	/**
	 * What the payload does not have, as it came: the records of an API, and how they were read. Like
	 * the payload, it differs by provider.
	 */
	details?: IDataObject | null;
}

/** What a title may be made of. */
export interface Subject extends Pick<Blocks, 'application' | 'assessment' | 'course' | 'details'> {
	/** The provider as people write it. */
	label: string;
	event: string;
	person: Person;
	registration?: Known<typeof registration>;
}

/**
 * The schema of a provider's items.
 *
 * @param payload of the events, for the editor's preview
 */
export const itemSchema = ({ links, ...own }: BlockSchemas, payload: ZodTypeAny = untouched) =>
	z
		.object({
			title: z.string(),
			person: person.strict(),
			owner: owner.strict(),
			...Object.fromEntries(Object.entries(own).map(([name, block]) => [name, block.strict()])),
			links: links.strict(),
			occurredOn: text,
			occurredAt: text,
			receivedAt: z.string(),
			source,
			missedByWebhook: flag,
			provider: z.string(),
			event: z.string(),
			eventKey: z.string(),
			deliveryId: text,
			details: untouched.nullable(),
			payload,
		})
		.strict();

/** A block of which nothing is known: nulls, and empty lists. */
const blankOf = ({ shape }: Block): IDataObject =>
	Object.fromEntries(
		Object.entries(shape).map(([name, field]) => [name, field.safeParse(null).success ? null : []]),
	);

const blanks = new WeakMap<BlockSchemas, Record<string, IDataObject>>();

/** The provider's blocks without anything known, by name, in the order of the item. */
export function blanksOf(schemas: BlockSchemas): Record<string, IDataObject> {
	const { links, ...own } = schemas;
	const made =
		blanks.get(schemas) ??
		Object.fromEntries(
			Object.entries({ person, owner, ...own, links }).map(([name, block]) => [
				name,
				blankOf(block),
			]),
		);
	blanks.set(schemas, made);
	return made;
}
