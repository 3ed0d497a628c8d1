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
		expect(lines[0]).toMatch(/^<b>Three steps to .+<\/b>$/);
		const steps = lines.slice(1, lines.indexOf(''));
		expect(steps).toHaveLength(3);
		steps.forEach((step, index) => expect(step).toMatch(new RegExp(`^${index + 1}\\. .+[.…]`)));
		expect(steps.join(' ')).toMatch(/<b>[Pp]ublish<\/b> the workflow\./);
		expect(steps.join(' ')).toContain('Production URL');
	});

	it('ends with whom to ask about a URL that the provider cannot reach, and names no setting', () => {
		expect(lines.at(-1)).toMatch(
			/^Does the Production URL start with <b>http:\/\/localhost<\/b>\? <a href="https:\/\/[^"]+self-hosting\.md#public-address" target="_blank">Ask whoever runs your n8n<\/a>\.$/,
		);
		expect(first.displayName).not.toContain('N8N_');
	});

	it('can be hidden without hiding those of another provider', () => {
		expect(first.name).toMatch(new RegExp(`^setUpSteps${provider}$`, 'i'));
	});

	it('points to a message only if there is one', () => {
		expect(first.displayName.includes('the message is at the end of this panel')).toBe(
			message !== undefined,
		);
	});
});
