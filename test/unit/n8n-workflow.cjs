/**
 * What the nodes use of `n8n-workflow`, and `NodeHelpers` for tests. Each test file loads it anew,
 * and the rest of it, such as the parser of expressions, would take most of the time of many.
 */
const { NodeConnectionTypes } = require('n8n-workflow/dist/cjs/interfaces.js');
const errors = require('n8n-workflow/dist/cjs/errors/index.js');
const { sleep } = require('n8n-workflow/dist/cjs/utils.js');

module.exports = {
	...errors,
	NodeConnectionTypes,
	sleep,
	get NodeHelpers() {
		return require('n8n-workflow/dist/cjs/node-helpers.js');
	},
};
