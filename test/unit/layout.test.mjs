import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodes = fileURLToPath(new URL('../../nodes/', import.meta.url));
const PROVIDERS = ['InnovativeEducators', 'JobAffinity', 'Jofi', 'Regpack'];

/**
 * The roles of a provider's files: the name of the file, and what only that file may contain.
 *
 * @type {{ file: string, mark: RegExp, isInAll?: true }[]}
 */
const ROLES = [
	{ file: 'provider.ts', mark: /: WebhookSource = /, isInAll: true },
	{
		file: 'events/definitions.ts',
		mark: /export const events: readonly EventDefinition\[\]/,
		isInAll: true,
	},
	{ file: 'events/filters.ts', mark: /: readonly FilterDefinition\[\]/, isInAll: true },
	{ file: 'events/blocks.ts', mark: /: BlockSchemas = /, isInAll: true },
	{ file: 'events/person.ts', mark: /\): Partial<Person> (=>|\{)/, isInAll: true },
	{ file: 'trigger/properties.ts', mark: /\btriggerProperties\(/, isInAll: true },
	{ file: 'trigger/setupGuide.ts', mark: /\bsetupGuide\(\{/, isInAll: true },
	{ file: 'trigger/testRun.ts', mark: /\): Samples (=>|\{)/, isInAll: true },
	{
		file: 'trigger/credential.ts',
		mark: /export const credential\b[^;]*\bWebhookCredential\b/,
		isInAll: true,
	},
	{ file: 'polling/streams.ts', mark: /: PollingSource = / },
	{ file: 'api/transport.ts', mark: /\berrorFrom\(context\.getNode\(\)/ },
	{ file: 'api/errors.ts', mark: /\berrorMapper\(\{/ },
	{ file: 'api/listSearch.ts', mark: /\bresourceLocators\(\{/ },
	{ file: 'api/hints.ts', mark: /\bcontext\.addExecutionHints\(/ },
	{ file: 'resources/index.ts', mark: /: readonly Resource\[\]/, isInAll: true },
];

/** Names of files that may stand beside those; a role has no other name. */
const OTHER_ROLES = [
	'events/samples.ts',
	'events/schemas.ts',
	'polling/definitions.ts',
	'polling/properties.ts',
	'polling/state.ts',
	'api/ids.ts',
	'api/pagination.ts',
	'api/responseSchemas.ts',
];

/**
 * What is one provider's own, so that a new file is named on purpose.
 *
 * @type {Record<string, string[]>}
 */
const OWN = {
	InnovativeEducators: [
		'api/envelope.ts',
		'api/users.ts',
		'events/references.ts',
		'events/timestamp.ts',
	],
	JobAffinity: [
		...[
			'api/cv.ts',
			'api/download.ts',
			'api/processes.ts',
			'api/recordLocator.ts',
			'api/rootLinks.ts',
			'api/stepChanges.ts',
			'api/urlPolicy.ts',
			'api/webhookCalls.ts',
		],
		...[
			'events/changeList.ts',
			'events/addDetails.ts',
			'events/deliveredRecord.ts',
			'events/derived.ts',
			'events/details.ts',
			'events/options.ts',
			'events/stepHistory.ts',
			'polling/callHistory.ts',
			'polling/failedCalls.ts',
		],
		...[
			'trigger/baseline.ts',
			'trigger/enrich.ts',
			'trigger/newSteps.ts',
			'trigger/recordMarks.ts',
		],
		...['trigger/retryBudget.ts', 'trigger/snapshot.ts'],
		// Of the page that takes applications, which is no part of the API.
		'resources/jobApplication/errors.ts',
	],
	Jofi: [
		...['api/invitations.ts', 'events/completion.ts', 'events/scorecard.ts'],
		...['trigger/fetch.ts', 'trigger/fetchProperties.ts'],
		...[
			'polling/cachedClient.ts',
			'polling/completions.ts',
			'polling/counters.ts',
			'polling/diffList.ts',
			'polling/mapEvents.ts',
			'polling/skippedRecords.ts',
		],
	],
	Regpack: [
		...[
			'api/fieldIndex.ts',
			'api/products.ts',
			'api/requestedFields.ts',
			'api/statuses.ts',
			'api/userLists.ts',
			'api/userRecord.ts',
		],
		...[
			'events/applicant.ts',
			'events/details.ts',
			'events/detailsProperties.ts',
			'events/addDetails.ts',
			'events/numbers.ts',
			'events/split.ts',
		],
		'trigger/replyPoints.ts',
	],
};

/**
 * A provider's sources by their paths in its folder.
 *
 * @param {string} provider
 * @returns {Map<string, string>}
 */
function sourcesOf(provider) {
	const folder = join(nodes, provider);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.ts'),
	);
	return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

const isNode = (/** @type {string} */ file) => /^[A-Za-z]+\.node\.ts$/.test(file);
const isOperation = (/** @type {string} */ file) =>
	/^resources\/([a-zA-Z]+\/)?[a-zA-Z]+\.ts$/.test(file);

/**
 * What is wrong with the names of a provider's files.
 *
 * @param {string} provider
 * @param {Map<string, string>} sources
 */
function faultsOf(provider, sources) {
	const roles = ROLES;
	const misplaced = roles.flatMap(({ file, mark }) =>
		[...sources]
			.filter(
				([name, source]) => name !== file && !OWN[provider]?.includes(name) && mark.test(source),
			)
			.map(([name]) => `${name} has the role of ${file}`),
	);
	const empty = roles
		.filter(({ file, mark }) => sources.has(file) && !mark.test(sources.get(file) ?? ''))
		.map(({ file }) => `${file} has another role`);
	const missing = ROLES.filter(({ file, isInAll }) => isInAll && !sources.has(file)).map(
		({ file }) => `${file} is missing`,
	);
	const allowed = new Set([
		...ROLES.map(({ file }) => file),
		...OTHER_ROLES,
		...(OWN[provider] ?? []),
	]);
	const unnamed = [...sources.keys()]
		.filter((name) => !isNode(name) && !isOperation(name) && !allowed.has(name))
		.map((name) => `${name} has no role`);
	return [...misplaced, ...empty, ...missing, ...unnamed];
}

test('each provider has a folder, and there are no others', () => {
	const folders = readdirSync(nodes).filter((name) => name !== 'shared');
	expect(folders.sort()).toEqual(PROVIDERS);
});

test.each(PROVIDERS)('%s has each role under its name', (provider) => {
	const sources = sourcesOf(provider);
	expect(faultsOf(provider, sources)).toEqual([]);
	for (const file of ['events/samples.ts', 'events/schemas.ts'])
		expect([...sources.keys()]).toContain(file);
	// Nothing stays on the list that is gone.
	for (const file of OWN[provider]) expect([...sources.keys()]).toContain(file);
});

test.each(['JobAffinity', 'Jofi', 'Regpack'])(
	'%s, which has an API, has the roles of one',
	(provider) => {
		const files = [...sourcesOf(provider).keys()];
		for (const name of ['transport', 'errors', 'responseSchemas', 'listSearch'])
			expect(files).toContain(`api/${name}.ts`);
		expect(files).toContain('polling/streams.ts');
	},
);

describe('a fault is noticed', () => {
	/** The sources of JOFI with a file under another name. @param {string} from @param {string} to */
	function renamed(from, to) {
		const sources = sourcesOf('Jofi');
		const source = sources.get(from) ?? '';
		sources.delete(from);
		return faultsOf('Jofi', sources.set(to, source));
	}

	test('when a role sits under another name', () => {
		expect(renamed('events/filters.ts', 'events/conditions.ts')).toEqual(
			expect.arrayContaining([
				'events/conditions.ts has the role of events/filters.ts',
				'events/filters.ts is missing',
				'events/conditions.ts has no role',
			]),
		);
		expect(renamed('api/errors.ts', 'api/ids.ts')).toEqual([
			'api/ids.ts has the role of api/errors.ts',
		]);
		expect(renamed('trigger/setupGuide.ts', 'resources/setupGuide.ts')).toContain(
			'resources/setupGuide.ts has the role of trigger/setupGuide.ts',
		);
	});

	test('when a file has another role than its name says', () => {
		const sources = sourcesOf('Jofi');
		expect(faultsOf('Jofi', sources.set('api/transport.ts', 'export {};'))).toEqual([
			'api/transport.ts has another role',
		]);
	});
});
