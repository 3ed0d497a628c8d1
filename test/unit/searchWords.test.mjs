import { readFileSync } from 'node:fs';

/** @param {string} node @returns {string[]} the words that n8n's node panel finds the node by */
const wordsOf = (node) =>
	JSON.parse(readFileSync(new URL(`../../nodes/${node}.node.json`, import.meta.url), 'utf8')).alias;

// n8n shows the two as one in its node panel, and looks at the words of the action node alone
// (2.41.1).
test.each([
	'Jofi/Jofi',
	'JobAffinity/JobAffinity',
	'Regpack/Regpack',
	'InnovativeEducators/InnovativeEducators',
])('%s is also found by the words of its trigger', (node) => {
	expect(wordsOf(node)).toEqual(expect.arrayContaining(wordsOf(`${node}Trigger`)));
});
