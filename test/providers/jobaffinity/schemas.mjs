import { ok, refusal } from './answers.mjs';
import { profile } from './cv.mjs';
import { LISTS } from './lists.mjs';
import { Account } from './account.mjs';
import { processOf } from './shapes/common.mjs';

/** @typedef {import('./world.mjs').World} World */

/** What may be null (documented, app-get). */
const NULLABLE = ['latest_cv_url'];

/**
 * The JSON Schema of what has the shape of a value; every field may be absent.
 *
 * @param {unknown} value
 * @returns {object}
 */
function schemaOf(value) {
	if (Array.isArray(value))
		return { type: 'array', items: value.length > 0 ? schemaOf(value[0]) : {} };
	if (value === null) return {};
	if (typeof value !== 'object')
		return { type: Number.isInteger(value) ? 'integer' : typeof value };
	const properties = Object.fromEntries(
		Object.entries(value).map(([key, each]) => [
			key,
			NULLABLE.includes(key) ? { type: ['string', 'null'] } : schemaOf(each),
		]),
	);
	return { type: 'object', properties };
}

/** One of everything, apart from the account itself. @param {World} world @returns {World} */
function exampleOf(world) {
	const account = new Account(world.account.now);
	account.apply();
	account.note();
	account.recordTask({
		event: 'ProcessStepChange',
		at: 0,
		response_status: 200,
		response_body: '',
		applicationId: 41001,
	});
	return { ...world, account };
}

/** @param {World} world @returns {Record<string, unknown>} an example for each schema */
function examplesOf(world) {
	const { account, shapes } = world;
	const lists = Object.values(LISTS).map((list) => {
		const item = list.item(world, /** @type {any} */ (account.records(list.kind)[0]));
		return [list.schema, { _status: 'OK', _self: '', _schema: '', _next: null, items: [item] }];
	});
	const [application] = account.applications;
	return {
		...Object.fromEntries(lists),
		job: shapes.job(world, account.jobs[0]),
		candidate: shapes.candidate(world, account.candidates[0]),
		application: shapes.application(world, application),
		step: shapes.stepChange(world, account.stepChanges[0]),
		process: processOf(world, account.processes[0]),
		profile: JSON.parse(String(profile(world, application).text)),
	};
}

/**
 * A JSON Schema, made with the API so that it is right (documented, responses). Its draft, and
 * other names than jobs, job and webhooktasks, are unknown.
 *
 * @param {import('./routes.mjs').Call} call
 */
export function schema({ world, id }) {
	const examples = examplesOf(exampleOf(world));
	if (!Object.hasOwn(examples, id)) return refusal(world.settings, 404);
	return ok(200, {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: id,
		...schemaOf(examples[id]),
	});
}
