import { RESOURCES } from '../schemas/outputs.mjs';

/** What the operations that read put out: the declarations of all nodes. */

const OPERATIONS = Object.entries(RESOURCES).flatMap(([folder, resources]) =>
	resources.flatMap(({ value: resource, operations }) =>
		operations.map((operation) => ({
			name: `${folder} ${resource}:${operation.value}`,
			operation,
		})),
	),
);

const READS = OPERATIONS.flatMap(({ name, operation: { record, ...operation } }) =>
	record ? [{ name, operation, record }] : [],
);

/**
 * Those that make something of their own of what they read, such as the trigger's items of
 * completions, and one that is not documented.
 */
const WITHOUT_OUTPUT = [
	'InnovativeEducators completion:getAll',
	'InnovativeEducators event:getManySince',
	'InnovativeEducators event:getSample',
	'InnovativeEducators webhook:getDeliveries',
	'InnovativeEducators webhook:getHealth',
	'JobAffinity apiVersion:get',
	'JobAffinity event:getManySince',
	'JobAffinity event:getSample',
	'JobAffinity webhook:getDeliveries',
	'JobAffinity webhook:getHealth',
	'JobAffinity webhook:getStatus',
	'Jofi event:getManySince',
	'Jofi event:getSample',
	'Jofi invitation:getPending',
	'Jofi testTaker:getCompletionReport',
	'Jofi testTaker:getJobFitReport',
	'Jofi webhook:getDeliveries',
	'Jofi webhook:getHealth',
	'Jofi webhook:getStatus',
	'Regpack event:getManySince',
	'Regpack event:getSample',
	'Regpack webhook:getDeliveries',
	'Regpack webhook:getHealth',
];

test('every Get has Output, or is named here', () => {
	const without = OPERATIONS.filter(
		({ operation: { value, record } }) => /^get(?!Count$)/.test(value) && !record,
	);
	expect(without.map(({ name }) => name).sort()).toEqual(WITHOUT_OUTPUT);
});

test('every Get Many has a Get Count beside it, with the fields that select the list', () => {
	const lists = OPERATIONS.filter(({ name }) => name.endsWith(':getAll'));
	expect(lists.length).toBeGreaterThan(10);
	for (const { name, operation } of lists) {
		const count = OPERATIONS.find((each) => each.name === name.replace('getAll', 'getCount'));
		const own = new Set([
			...['returnAll', 'limit', 'include', 'fieldNames'],
			// What becomes of completions that were read; a count records none as known.
			...['skipKnownEvents', 'recognizeRepeats', 'referenceNames'],
		]);
		const selecting = operation.fields.filter(
			({ name: field }) => !own.has(field) && !/^output$|ToInclude$/.test(field),
		);
		expect([name, count?.operation.fields]).toEqual([name, selecting]);
	}
});

describe.each(READS)('$name', ({ operation, record }) => {
	const { simplified } = record;
	const named =
		'keep' in simplified ? simplified.keep : [...simplified.first, ...simplified.leaveOut];
	const known = Object.keys({ ...record.schema.shape, ...record.derived?.shape });

	it('names only fields that its record has, each once', () => {
		const all = [...named, ...(record.always ?? [])];
		expect(all.filter((name) => !known.includes(name))).toEqual([]);
		expect(new Set(named).size).toBe(named.length);
	});

	it('keeps few of the fields with Simplified, and begins with a useful one', () => {
		const leftOut = 'keep' in simplified ? [] : simplified.leaveOut;
		const kept = 'keep' in simplified ? named : known.filter((name) => !leftOut.includes(name));
		// Two editions of JobAffinity's reference have other names for the same.
		expect(kept.length).toBeLessThanOrEqual(14);
		if (named.length > 0) expect(named[0]).not.toMatch(/^_|^id$|_id$|Id$|_url$|^object$|^mode$/);
	});

	it('offers the fields with readable labels, sorted, each once', () => {
		const { options = [] } = operation.fields.find(({ name }) => name === 'fieldsToInclude') ?? {};
		const labels = options.map(({ name }) => name);
		expect(labels.length).toBeGreaterThan(0);
		expect(labels).toEqual([...new Set(labels)].sort((a, b) => a.localeCompare(b)));
		for (const label of labels) expect(label).toMatch(/^[A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*$/);
	});
});
