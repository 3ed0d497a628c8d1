import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPOSITORY } from '../../host/repository.mjs';

const load = createRequire(join(REPOSITORY, 'package.json'));

/** @type {typeof import('../../../credentials/JobAffinityWebhookApi.credentials.js')} */
const { JobAffinityWebhookApi } = load('./dist/credentials/JobAffinityWebhookApi.credentials.js');

const { properties } = new JobAffinityWebhookApi();

/** Whether a field shows with these values. @param {import('n8n-workflow').INodeProperties} property @param {Record<string, unknown>} data */
const isShown = ({ displayOptions }, data) =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
		values?.includes(/** @type {never} */ (data[name])),
	);

/**
 * The fields of the webhook credential that somebody fills in who copies settings by their labels.
 *
 * @param {Record<string, string>} settings
 * @returns {Record<string, string>}
 * @throws {Error} when the credential shows no such field or has no such choice
 */
export function credentialFrom(settings) {
	/** @type {Record<string, string>} */
	const data = {};
	for (const [label, entered] of Object.entries(settings)) {
		const property = properties.find((each) => each.displayName === label && isShown(each, data));
		if (!property) throw new Error(`The credential has no field ${label}`);
		if (property.type !== 'options') {
			data[property.name] = entered;
			continue;
		}
		const options = /** @type {{ name: string, value: string }[]} */ (property.options);
		const option = options.find(({ name }) => name === entered);
		if (!option) throw new Error(`${label} has no choice ${entered}`);
		data[property.name] = option.value;
	}
	return data;
}
