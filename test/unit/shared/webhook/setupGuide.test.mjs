import { properties as innovativeEducators } from '#dist/nodes/InnovativeEducators/trigger/properties.js';
import { properties as jobaffinity } from '#dist/nodes/JobAffinity/trigger/properties.js';
import { properties as jofi } from '#dist/nodes/Jofi/trigger/properties.js';
import { properties as regpack } from '#dist/nodes/Regpack/trigger/properties.js';

/** @typedef {import('n8n-workflow').INodeProperties} Property */

/** @type {[string, Property[]][]} */
const triggers = [
	['InnovativeEducators', innovativeEducators],
	['JobAffinity', jobaffinity],
	['Jofi', jofi],
	['Regpack', regpack],
];

describe.each(triggers)('%s', (provider, properties) => {
	const [first] = properties;
	const message = properties.find(({ name }) => name === 'setUpMessage');
	const lines = first.displayName.split('<br />');

	it('begins with the steps, numbered, under what they are for', () => {
		expect(first.type).toBe('callout');
		expect(lines[0]).toMatch(/^<b>To get .+:<\/b>$/);
		const steps = lines.slice(1, lines.indexOf(''));
		expect(steps.length).toBeGreaterThan(1);
		steps.forEach((step, index) => expect(step).toMatch(new RegExp(`^${index + 1}\\. .+[.…]`)));
		expect(steps.join(' ')).toContain('<b>Publish</b> this workflow.');
		expect(steps.join(' ')).toContain('<b>Production URL</b>');
	});

	it('ends with what to do about a URL that the provider cannot reach', () => {
		expect(lines.at(-1)).toMatch(/localhost or a private address, set N8N_WEBHOOK_URL first\.$/);
	});

	it('can be hidden without hiding those of another provider', () => {
		expect(first.name).toMatch(new RegExp(`^setUpSteps${provider}$`, 'i'));
	});

	it('points to a message only if there is one', () => {
		expect(first.displayName.includes('at the end of this panel')).toBe(message !== undefined);
	});
});
