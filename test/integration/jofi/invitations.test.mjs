import { startNode, IDS } from './node.mjs';
import { errorTextOf } from '../errorText.mjs';

const needed = {
	inviter: 'robin.hale@example.com',
	firstName: 'Avery',
	lastName: 'Stone',
	email: 'avery@example.org',
};
const neededBody = {
	created_by_user_email: 'robin.hale@example.com',
	first_name: 'Avery',
	last_name: 'Stone',
	email: 'avery@example.org',
};

const byList = (/** @type {unknown} */ value) => ({ __rl: true, mode: 'list', value });

/** @type {import('./node.mjs').Started} */
let started;
beforeEach(async () => {
	started = await startNode();
});
afterEach(() => started.close());

/**
 * @param {Record<string, unknown>} additionalFields
 * @param {Record<string, unknown>} [parameters]
 */
const create = (additionalFields, parameters) =>
	started.run('invitation:create', { ...needed, additionalFields, ...parameters });

/** @param {Record<string, unknown>} updateFields @param {Record<string, unknown>} [parameters] */
const update = (updateFields, parameters) =>
	started.run('invitation:update', { invitation: IDS.open, updateFields, ...parameters });

/** What a run tells, and that JOFI was not asked. @param {() => ReturnType<typeof create>} run */
async function refusedBeforehand(run) {
	const first = started.jofi.requests.length;
	const result = errorTextOf(await run(), Object.values(started.jofi.keys));
	expect(started.requests(first)).toEqual([]);
	expect(result.itemIndex).toBe(0);
	return result;
}

describe('a new invitation', () => {
	it('is sent with every documented field under its documented name', async () => {
		await create(
			{
				assessments: {
					assessment: [
						{ assessment: byList('6') },
						{ assessment: byList(8) },
						{ assessment: byList('') },
					],
				},
				customId: 'REQ-9',
				emailTemplate: byList('7003'),
				additionalFieldsJson: '{ "scheduling_link": "https://example.com/book" }',
				personId: 'cand-0042',
				phone: '5550100200',
				team: byList('56'),
			},
			{ sendVia: 'emailAndSms' },
		);
		expect(started.bodies()).toEqual([
			{
				...neededBody,
				person_id: 'cand-0042',
				custom_id: 'REQ-9',
				phone: '5550100200',
				team_id: 56,
				email_template_id: 7003,
				assessments_to_assign: [{ test_id: 6 }, { test_id: 8 }],
				send_via_email: true,
				send_via_sms: true,
				scheduling_link: 'https://example.com/book',
			},
		]);
		expect(started.jofi.account.invitations.at(-1)).toMatchObject({
			custom_id: 'REQ-9',
			team: { id: 56 },
			email_template_id: 7003,
		});
	});

	it("leaves unset fields to the inviter's settings", async () => {
		const { json, hints } = await create({
			customId: '',
			personId: '',
			phone: '',
			team: byList(''),
			emailTemplate: byList(''),
		});
		expect(started.bodies()).toEqual([neededBody]);
		expect(json).toMatchObject([
			{ object: 'invitation', mode: 'live', email: 'avery@example.org', team: { id: 55 } },
		]);
		expect(hints).toEqual([]);
	});

	it('takes the inviter from the list as from an expression', async () => {
		await create({}, { inviter: byList('casey.moss@example.com') });
		expect(started.bodies()[0].created_by_user_email).toBe('casey.moss@example.com');
	});

	it('sends numbers that an expression gave as text, where JOFI takes text', async () => {
		const { status } = await create({ personId: 42, customId: '={{ 9 }}', phone: 5550100200 });
		expect(status).toBe('success');
		expect(started.bodies()[0]).toEqual({
			...neededBody,
			person_id: '42',
			custom_id: '9',
			phone: '5550100200',
		});
	});

	it.each([
		['inviter', {}, ['email']],
		['email', { send_via_email: true, send_via_sms: false }, ['email']],
		['sms', { send_via_email: false, send_via_sms: true }, ['sms']],
		['emailAndSms', { send_via_email: true, send_via_sms: true }, ['email', 'sms']],
	])('goes out as Send Via says: %s', async (sendVia, flags, via) => {
		const { hints } = await create({ phone: '5550100200' }, { sendVia });
		expect(started.bodies()).toEqual([{ ...neededBody, phone: '5550100200', ...flags }]);
		expect(started.jofi.account.sent.at(-1)?.via).toEqual(via);
		expect(hints).toEqual([]);
	});

	it.each([
		['Send Via is Nothing', {}, { sendVia: 'nothing' }],
		[
			'Additional Fields (JSON) turn both ways off',
			{ additionalFieldsJson: '{ "send_via_email": false, "send_via_sms": false }' },
			{},
		],
		[
			'Additional Fields (JSON) turn off the one that is left',
			{ additionalFieldsJson: { send_via_email: false } },
			{ sendVia: 'email' },
		],
	])('goes nowhere when %s, with one hint', async (_, fields, parameters) => {
		const sent = started.jofi.account.sent.length;
		const { json, hints } = await started.run(
			'invitation:create',
			{ ...needed, additionalFields: fields, ...parameters },
			{ items: [{ json: {} }, { json: {} }] },
		);
		expect(json).toHaveLength(2);
		expect(started.bodies()).toMatchObject(Array(2).fill({ send_via_email: false }));
		expect(started.jofi.account.sent.slice(sent)).toEqual([]);
		expect(hints.map(({ message }) => message)).toEqual([
			'JOFI sends nothing for this invitation. Send the participant the assessment_url from the output yourself.',
		]);
		for (const { assessment_url } of json)
			expect(assessment_url).toMatch(/^https:\/\/www\.jofiscore\.com\/welcome\//);
	});

	it.each(['sms', 'emailAndSms'])('by SMS needs a phone (%s)', async (sendVia) => {
		const { message, description } = await refusedBeforehand(() => create({}, { sendVia }));
		expect(message).toBe('Phone is empty');
		expect(description).toBe('An invitation by SMS requires it: add it under Additional Fields.');
	});

	it.each([
		['Inviter', { inviter: byList('={{ $json.none }}') }],
		['First Name', { firstName: '={{ " " }}' }],
		['Last Name', { lastName: '={{ "" }}' }],
		['Email', { email: '={{ " " }}' }],
	])('needs %s', async (label, parameters) => {
		const { message, description } = await refusedBeforehand(() => create({}, parameters));
		expect(message).toBe(`${label} is empty`);
		expect(description).toBe('Give it a value for this item.');
	});

	it.each([
		[
			'Send Via cannot be "pigeon"',
			'Use one of: inviter, email, sms, emailAndSms, nothing.',
			{},
			{ sendVia: '={{ "pigeon" }}' },
		],
		[
			'Additional Fields (JSON) is not JSON',
			'Write a JSON object, such as { "name": "value" }.',
			{ additionalFieldsJson: '{ name: }' },
			{},
		],
		[
			'Additional Fields (JSON) is not a JSON object',
			'Write a JSON object, such as { "name": "value" }.',
			{ additionalFieldsJson: '[1]' },
			{},
		],
		[
			'Additional Fields (JSON) is not a JSON object',
			'Write a JSON object, such as { "name": "value" }.',
			{ additionalFieldsJson: '"text"' },
			{},
		],
		[
			'Team is not an ID',
			'It must be a whole number; this is "Campus". Choose it from the list, or enter its ID.',
			{ team: 'Campus' },
			{},
		],
		[
			'Email Template is not an ID',
			'It must be a whole number; this is "1.5". Choose it from the list, or enter its ID.',
			{ emailTemplate: byList('1.5') },
			{},
		],
		[
			'Assessment is not an ID',
			'It must be a whole number; this is "-6". Choose it from the list, or enter its ID.',
			{ assessments: { assessment: [{ assessment: byList('-6') }] } },
			{},
		],
	])('is not sent with invalid fields: %s', async (message, description, fields, parameters) => {
		expect(await refusedBeforehand(() => create(fields, parameters))).toMatchObject({
			message,
			description,
		});
	});

	it('with a test key that is accepted is made up and not stored', async () => {
		const count = started.jofi.account.invitations.length;
		const parameters = { ...needed, options: { acceptTestKey: true } };
		const { json, hints } = await started.run(
			'invitation:create',
			parameters,
			started.withKey(started.jofi.keys.test),
		);
		expect(json).toMatchObject([{ mode: 'test', object: 'invitation' }]);
		expect(hints).toHaveLength(1);
		expect(started.jofi.account.invitations).toHaveLength(count);
	});
});

describe('a change of an invitation', () => {
	it('sends only what is set', async () => {
		const { json } = await update({ firstName: 'Alex', customId: '', sendVia: 'inviter' });
		expect(started.requests()).toEqual([`PUT /invitations/${IDS.open}`]);
		expect(started.bodies()).toEqual([{ first_name: 'Alex' }]);
		expect(json).toMatchObject([
			{ id: IDS.open, mode: 'live', first_name: 'Alex', custom_id: 'REQ-9' },
		]);
	});

	it('sends every field that can be set', async () => {
		await update({
			...{
				firstName: 'Alex',
				lastName: 'Frost',
				email: 'alex@example.org',
				personId: 'p',
				customId: 'c',
				phone: '5550100200',
			},
			...{
				team: byList('56'),
				emailTemplate: byList('7003'),
				sendVia: 'nothing',
				additionalFieldsJson: '{ "note": null }',
			},
			assessments: { assessment: [{ assessment: byList('7') }] },
		});
		expect(started.bodies()).toEqual([
			{
				...{
					first_name: 'Alex',
					last_name: 'Frost',
					email: 'alex@example.org',
					person_id: 'p',
					custom_id: 'c',
					phone: '5550100200',
				},
				...{ team_id: 56, email_template_id: 7003, assessments_to_assign: [{ test_id: 7 }] },
				...{ send_via_email: false, send_via_sms: false, note: null },
			},
		]);
	});

	it.each([{}, { firstName: '', sendVia: 'inviter', additionalFieldsJson: '{}' }])(
		'needs one: %j',
		async (fields) => {
			const { message, description } = await refusedBeforehand(() => update(fields));
			expect(message).toBe('There is nothing to update');
			expect(description).toBe('Add at least one field under Update Fields.');
		},
	);
});

describe('when JOFI empties what is not sent', () => {
	beforeEach(async () => {
		await started.close();
		started = await startNode({ putReplaces: true });
	});

	it('Send Unchanged Fields Too keeps it', async () => {
		const { id } = started.jofi.account.invite({
			...{
				created_by_user_email: 'robin.hale@example.com',
				person_id: 'cand-0042',
				custom_id: 'REQ-7',
			},
			...{
				team_id: 56,
				assessments_to_assign: [{ test_id: 9 }],
				email_template_id: 7003,
				send_via_email: false,
			},
		});
		const before = structuredClone(started.jofi.account.get('invitation', id));
		const { status } = await update({ lastName: 'Frost' }, { invitation: id, sendUnchanged: true });
		expect(status).toBe('success');
		expect(started.requests()).toEqual([`GET /invitations/${id}`, `PUT /invitations/${id}`]);
		expect(started.jofi.account.get('invitation', id)).toEqual({ ...before, last_name: 'Frost' });
		expect(started.bodies()[0]).not.toHaveProperty('phone');
	});

	it('a change without it does not', async () => {
		const person = { firstName: 'Alex', lastName: 'Frost', email: 'alex@example.org' };
		await update(person);
		expect(started.jofi.account.get('invitation', IDS.open).custom_id).toBeNull();
	});

	it('nothing is changed when the invitation cannot be read', async () => {
		const run = await update({ lastName: 'Frost' }, { invitation: 999, sendUnchanged: true });
		expect(errorTextOf(run, []).message).toBe(
			'JOFI has no invitation with the ID 999, or did not accept a value',
		);
		expect(started.requests()).toEqual(['GET /invitations/999']);
	});
});
