import { openReceiver } from './receiver.mjs';
import { closeAll, closedAfter, started } from './regpack.mjs';

const PREPROCESS = 'form_preprocess_12345';
const SUBMIT = 'form_submit_12345';

afterEach(closeAll);

/**
 * Regpack with an applicant, and what events are replied; a text as it is, a number as a status.
 *
 * @param {Record<string, unknown>} replies
 * @param {Parameters<typeof started>[0]} [options]
 */
async function replying(replies, options) {
	const regpack = await started(options);
	/** @type {string[]} */
	const calls = [];
	for (const [event, reply] of Object.entries(replies)) {
		const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
		const given = typeof reply === 'number' ? { status: reply, text: '' } : { status: 200, text };
		const target = closedAfter(await openReceiver(() => (calls.push(event), given)));
		regpack.webhooks.configure({ event, url: target.url });
	}
	const { cloginId: person } = regpack.account.register({ first_name: 'Ada', last_name: 'Sample' });
	const user = () => regpack.account.get(100000001, person);
	/** @param {Record<string, string | string[]>} [values] */
	const submit = (values) => regpack.form.submit({ person, formId: 12345, values });
	return { regpack, person, user, calls, submit };
}

describe('submitting a form', () => {
	test('without webhooks saves it', async () => {
		const { submit, user } = await replying({});
		const seen = await submit({ guardian_phone: '12', shirt_size: ['Small'] });
		expect(seen).toMatchObject({
			stopped: false,
			submitted: true,
			messages: [],
			problems: [],
			replies: [],
			redirect: undefined,
		});
		expect(user().values).toMatchObject({
			first_name: 'Ada',
			guardian_phone: '12',
			shirt_size: ['Small'],
		});
		expect(user().submitted).toEqual([12345]);
	});

	test('calls before it is processed, and again after', async () => {
		const all = ['form_preprocess', PREPROCESS, 'form_submitted', SUBMIT];
		const { regpack, submit, calls } = await replying(
			Object.fromEntries(all.map((event) => [event, {}])),
		);
		const { replies, problems } = await submit();
		await regpack.webhooks.flush();
		expect(calls.slice(0, 2)).toEqual(all.slice(0, 2));
		expect(calls.slice(2).sort()).toEqual([SUBMIT, 'form_submitted']);
		expect(replies.map(({ event, status, text }) => [event, status, text])).toEqual([
			['form_preprocess', 200, '{}'],
			[PREPROCESS, 200, '{}'],
			[SUBMIT, 200, '{}'],
		]);
		expect([problems, replies.every(({ ms }) => ms > 0)]).toEqual([[], true]);
	});

	test.each(['form_preprocess', PREPROCESS])(
		'an error of %s stops it, and points at a field',
		async (event) => {
			const reply = { msg: 'A phone, please', msg_type: 'error', focus_on: 'guardian_phone' };
			const { submit, user, calls } = await replying({
				[event]: reply,
				form_submitted: {},
				[SUBMIT]: {},
			});
			expect(await submit({ membership_level: 'Gold' })).toMatchObject({
				...{
					stopped: true,
					submitted: false,
					messages: [{ text: 'A phone, please', type: 'error' }],
				},
				...{ focus: 'guardian_phone', problems: [], values: { membership_level: 'Gold' } },
			});
			expect(user().values).not.toHaveProperty('membership_level');
			expect([user().submitted, calls]).toEqual([[], [event]]);
		},
	);

	test('nothing is called after a stop', async () => {
		const { submit, calls } = await replying({
			form_preprocess: { msg: 'No', msg_type: 'error' },
			[PREPROCESS]: {},
		});
		await submit();
		expect(calls).toEqual(['form_preprocess']);
	});

	test.each(['notification', 'warning', 'success', 'information'])(
		'a message of type %s does not stop it',
		async (msg_type) => {
			const { submit } = await replying({ [PREPROCESS]: { msg: 'Fine', msg_type } });
			const messages = [{ text: 'Fine', type: msg_type }];
			expect(await submit()).toMatchObject({
				stopped: false,
				submitted: true,
				messages,
				problems: [],
			});
		},
	);

	test('any message may count as error handling, unless fields are changed', async () => {
		const message = { msg: 'Fine', msg_type: 'success' };
		const stopping = await replying({ [PREPROCESS]: message }, { stopsOn: 'message' });
		expect(await stopping.submit()).toMatchObject({ stopped: true });
		const changing = await replying(
			{ [PREPROCESS]: { ...message, jdoc: { membership_level: 'Gold' } } },
			{ stopsOn: 'message' },
		);
		expect(await changing.submit()).toMatchObject({ stopped: false });
	});

	test('jdoc changes fields, by name or id, before they are saved', async () => {
		const jdoc = { membership_level: 'Gold', f_100001_1000005: 34, shirt_size: ['Large'] };
		const { submit, user } = await replying({ form_preprocess: { jdoc } });
		const changed = { membership_level: 'Gold', guardian_phone: '34', shirt_size: ['Large'] };
		expect(await submit({ guardian_phone: '12' })).toMatchObject({
			submitted: true,
			values: changed,
			problems: [],
		});
		expect(user().values).toMatchObject(changed);
	});

	test('form_submit_* can show, change, point and redirect, but not stop', async () => {
		const reply = {
			...{
				msg: 'Too late',
				msg_type: 'error',
				focus_on: 'f_100001_1000005',
				redirect: 'https://example.org/next',
			},
		};
		const { submit, user } = await replying({ [SUBMIT]: reply });
		expect(await submit()).toMatchObject({
			...{ stopped: false, submitted: true, messages: [{ text: 'Too late', type: 'error' }] },
			...{ focus: 'guardian_phone', redirect: 'https://example.org/next', problems: [] },
		});
		const other = await replying({ [SUBMIT]: { jdoc: { membership_level: 'Gold' } } });
		expect((await other.submit()).values).toMatchObject({ membership_level: 'Gold' });
		expect([user(), other.user()].map(({ values }) => values.membership_level)).toEqual([
			'',
			'Gold',
		]);
	});

	test('an error together with jdoc is a contradiction, and does not stop the form', async () => {
		const reply = { msg: 'No', msg_type: 'error', jdoc: { membership_level: 'Gold' } };
		const { submit } = await replying({ form_preprocess: reply });
		expect(await submit()).toMatchObject({
			stopped: false,
			submitted: true,
			problems: ['form_preprocess: error together with jdoc'],
		});
	});

	test.each([
		[500, ['status 500']],
		[204, ['status 204']],
		['', ['empty reply']],
		['firstEntryJson', ['the reply is not JSON']],
		[[{ msg: 'No', msg_type: 'error' }], ['the reply is no object']],
		[null, ['the reply is no object']],
		[{ msg: 'No', msg_type: 'info' }, ['msg_type info is unknown']],
		[{ msg: 'No' }, ['msg without msg_type']],
		[{ msg_type: 'warning' }, ['msg_type without msg']],
		[{ msg: 5, msg_type: 'warning' }, ['msg is no text']],
		[{ focus_on: 'nothing' }, ['focus_on nothing is no field']],
		[{ jdoc: { nothing: 'x' } }, ['jdoc nothing is no field']],
		[{ jdoc: 'x' }, ['jdoc is no object']],
		[{ redirect: '/next' }, ['redirect is no valid URL']],
		[{ redirect: 'javascript:alert(1)' }, ['redirect is no valid URL']],
		[{ msg: 'Fine', msg_type: 'success', more: 1 }, []],
	])('a reply of %j does not stop the form, with problems %j', async (reply, problems) => {
		const { submit } = await replying({ form_preprocess: reply });
		const seen = await submit();
		expect(seen).toMatchObject({
			stopped: false,
			submitted: true,
			redirect: undefined,
			focus: undefined,
		});
		expect(seen.problems).toEqual(problems.map((problem) => `form_preprocess: ${problem}`));
	});

	test('continues when no reply comes in time', async () => {
		const regpack = await started({ webhookTimeoutMs: 30 });
		const { url } = closedAfter(await openReceiver(() => undefined));
		regpack.webhooks.configure({ event: 'form_preprocess', url });
		const { cloginId: person } = regpack.account.register();
		const seen = await regpack.form.submit({ person, formId: 12345 });
		expect(seen).toMatchObject({
			submitted: true,
			problems: [expect.stringMatching(/^form_preprocess: no reply: .*timeout/i)],
		});
	});

	test('a redirect has the key that is set, and may stop it', async () => {
		const reply = { redirect: 'https://example.org/a', redirect_url: 'https://example.org/b' };
		const other = await replying({ form_preprocess: reply }, { redirectKey: 'redirect_url' });
		expect(await other.submit()).toMatchObject({
			submitted: true,
			redirect: 'https://example.org/b',
		});
		const stopping = await replying({ form_preprocess: reply }, { preprocessRedirect: 'stops' });
		expect(await stopping.submit()).toMatchObject({
			stopped: true,
			submitted: false,
			redirect: 'https://example.org/a',
		});
	});

	test('form_preprocess may carry what was filled in', async () => {
		const { url, received } = closedAfter(await openReceiver());
		const { regpack, submit } = await replying({}, { preprocessDoc: true });
		regpack.webhooks.configure({ event: 'form_preprocess', url });
		await submit({ guardian_phone: '12' });
		expect(received[0].event.doc).toMatchObject({ first_name: 'Ada', guardian_phone: '12' });
	});

	test('refuses impossible actions', async () => {
		const { regpack, submit, person } = await replying({});
		await expect(submit({ nothing: 'x' })).rejects.toThrow('Form 12345 has no field nothing');
		await expect(regpack.form.submit({ person, formId: 12347 })).rejects.toThrow(
			'does not have form 12347',
		);
	});
});

describe('opening a form', () => {
	test('loads it, then views it, with its values', async () => {
		const { url, received } = closedAfter(await openReceiver());
		const { regpack, person } = await replying({});
		regpack.webhooks.configure({ event: 'form_load_12345', url: `${url}/load` });
		regpack.webhooks.configure({ event: 'form_viewed_12345', url: `${url}/viewed` });
		const seen = await regpack.form.open({ person, formId: 12345 });
		expect((await regpack.webhooks.flush()).map(({ event }) => event)).toEqual([
			'form_load_12345',
			'form_viewed_12345',
		]);
		expect(received.map(({ event }) => event.doc.first_name)).toEqual(['Ada', 'Ada']);
		expect(seen).toMatchObject({
			values: { first_name: 'Ada', guardian_phone: '' },
			redirect: undefined,
		});
		expect(seen.replies).toMatchObject([{ event: 'form_load_12345', status: 200 }]);
	});

	test('follows a redirect, and nothing else that form_load is replied', async () => {
		const reply = {
			msg: 'No',
			msg_type: 'error',
			jdoc: { membership_level: 'Gold' },
			redirect: 'https://example.org/next',
		};
		const { regpack, person } = await replying({ form_load_12345: reply });
		const seen = await regpack.form.open({ person, formId: 12345 });
		expect(seen).toMatchObject({
			messages: [],
			values: { membership_level: '' },
			redirect: 'https://example.org/next',
		});
	});
});

describe('a form in a browser', () => {
	test('is a page with its fields', async () => {
		const { regpack, person } = await replying({});
		regpack.account.edit(person, { membership_level: '"><script>', shirt_size: ['Small'] });
		const answer = await fetch(regpack.formUrl(12345, person));
		const html = await answer.text();
		expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
		for (const part of [
			...[
				'<h1>Application</h1>',
				'<input name="first_name" value="Ada">',
				'<select multiple name="shirt_size">',
			],
			...[
				'<option value="Small" selected>',
				'<option value="Large">',
				'value="&#34;&#62;&#60;script&#62;"',
			],
		]) {
			expect(html).toContain(part);
		}
	});

	test('is submitted as an applicant does', async () => {
		const { regpack, person, user } = await replying({
			[SUBMIT]: { msg: 'Thanks', msg_type: 'success' },
		});
		const body = JSON.stringify({ guardian_phone: '12' });
		const answer = await fetch(regpack.formUrl(12345, person), { method: 'POST', body });
		expect(await answer.json()).toMatchObject({
			submitted: true,
			messages: [{ text: 'Thanks', type: 'success' }],
		});
		expect(user().values.guardian_phone).toBe('12');
	});

	test('is redirected when it loads', async () => {
		const { regpack, person } = await replying({
			form_load_12345: { redirect: 'https://example.org/next' },
		});
		const answer = await fetch(regpack.formUrl(12345, person), { redirect: 'manual' });
		expect([answer.status, answer.headers.get('location')]).toEqual([
			302,
			'https://example.org/next',
		]);
	});

	test.each(['/form/12347?person=200001', '/form/12345?person=5', '/form/12345', '/form/x'])(
		'is not at %s',
		async (path) => {
			const { regpack } = await replying({});
			expect((await fetch(regpack.origin + path)).status).toBe(404);
		},
	);

	test('of another project is there, too', async () => {
		const { regpack } = await replying({});
		const { cloginId } = regpack.account.register({ groupId: 100000002 });
		expect((await fetch(`${regpack.formUrl(22345, cloginId)}&project=100000002`)).status).toBe(200);
	});
});
