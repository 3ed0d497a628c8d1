import fc from 'fast-check';

import { relaxedJson } from '#dist/nodes/shared/webhook/lenientJson.js';
import { innovativeEducatorsWebhooks } from '#dist/nodes/InnovativeEducators/provider.js';
import { regpackWebhooks } from '#dist/nodes/Regpack/provider.js';
import { jobaffinityWebhooks } from '#dist/nodes/JobAffinity/provider.js';
import { processorMs } from '../../clock.mjs';
import { deliver } from '../../webhookContext.mjs';

const parsed = (/** @type {string} */ text) => JSON.parse(relaxedJson(text));

test.each([
	['comments', '{"a":1, // one\n"b":/* two */2}', { a: 1, b: 2 }],
	['a comment at the end', '{"a":1}// end', { a: 1 }],
	['commas before closing brackets', '{"a":[1,2,],"b":{"c":1 ,\n},}', { a: [1, 2], b: { c: 1 } }],
	['a comma with a comment behind it', '{"a":1, // one\n}', { a: 1 }],
	['what looks like a flaw in a string', '{"a":"// /* ,} */ \\" ,]"}', { a: '// /* ,} */ " ,]' }],
	['a slash in a string that ends with a backslash', '{"a":"\\\\"// x\n,"b":1}', { a: '\\', b: 1 }],
])('%s: overlooked, or kept in strings', (_, text, value) => {
	expect(parsed(text)).toEqual(value);
});

test.each([
	'{"a":1,,}',
	'[,]',
	'{,"a":1}',
	'{"a":1 /* no end',
	"{'a':1}",
	'{"a":"no end',
	'{"a" 1}',
	'{"a":1} x',
])('%s is no JSON even so', (text) => {
	if (text === '[,]') expect(parsed(text)).toEqual([]);
	else expect(() => parsed(text)).toThrow(SyntaxError);
});

test('JSON stays what it is', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value, null, 1);
			expect(parsed(text)).toEqual(JSON.parse(text));
		}),
	);
});

test.each(['/*', '//', '"', '\\"', ',', ', ', '/', '\n', '[,'])(
	'a megabyte of %j takes no more time than its length',
	(piece) => {
		const text = piece.repeat(1_000_000 / piece.length);
		const start = processorMs();
		relaxedJson(text);
		expect(processorMs() - start).toBeLessThan(2000);
	},
);

/** As JOFI prints its sample: with a comma behind the last key of the object. */
const jofiSample = `{
"id": "evt_1a2b3c4d5e6f",
"type": "test_taker.created",
"object": "event",
"created_at": "2026-02-03T12:43:36.744Z",
"data": {
"object": {
"object": "test_taker",
"id": 12345,
"assigned_assessments": [],
"career_navigation_profile_id": null,
}
}
}`;

/** As Innovative Educators prints its own: with comments, and an address that the page hides. */
const completionSample = `{
"id": "0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c01",
"timestamp": "2026-03-04T15:06:07.089Z",
"user": "[email protected]", // learner email
"event": "courseCompletion",
"notifiableId": "0b6f2a4e-1d0c-5c55-9a31-7e2f9f0a1c03", // course id
"title": "New Student Orientation", // course title
"userDetail": { // learner details
"externalCustomerId": "111222333444",
"ref3": "..."
}
} `;

const manual = /** @type {const} */ ('manual');

describe('a sample as it is printed', () => {
	test.each([
		['JOFI', { body: jofiSample }, 'test_taker.created'],
		[
			'Innovative Educators',
			{ source: innovativeEducatorsWebhooks, body: completionSample },
			'courseCompletion',
		],
		[
			'JobAffinity',
			{
				source: jobaffinityWebhooks,
				body: '{\n"event": "ProcessStepChange",\n"application": {\n"_self": "/restapi/v1/application/42"\n},\n}',
			},
			'ProcessStepChange',
		],
		[
			'Regpack',
			{
				source: regpackWebhooks,
				events: 'status_update',
				body: '{"user_info": {"clogin_id": "1",}, "meta_info": {} /* none */}',
			},
			'status_update',
		],
	])('of %s starts a test run, which says so', async (_, delivery, event) => {
		const { started, hints } = await deliver({ ...delivery, mode: manual });
		expect(started).toMatchObject({ event });
		expect(hints).toEqual([expect.stringMatching(/^The body is not JSON\. .*Only test runs/)]);
	});

	test('is refused in production, or no completion there', async () => {
		expect(await deliver({ body: jofiSample })).toMatchObject({
			status: 400,
			body: { message: 'The body is not JSON.' },
		});
		const { started } = await deliver({
			source: innovativeEducatorsWebhooks,
			events: ['*', 'test_notification'],
			body: completionSample,
		});
		expect(started).toMatchObject({ event: 'test_notification' });
	});

	test('is overlooked after authentication only', async () => {
		const credential = { method: 'hmac', preset: 'github', secret: 'not-a-real-secret' };
		expect(await deliver({ body: jofiSample, mode: manual, credential })).toMatchObject({
			status: 401,
		});
	});

	test('has no mark when it is JSON', async () => {
		expect(
			(await deliver({ body: jofiSample.replace('null,', 'null'), mode: manual })).hints,
		).toEqual([]);
	});
});
