/**
 * What the nodes use of `n8n-workflow`, and for tests `NodeHelpers`. Each test file loads it anew,
 * and the rest of it, such as the parser of expressions, would take most of the time of many.
 */
const { NodeConnectionTypes } = require('n8n-workflow/dist/cjs/interfaces.js');
const errors = require('n8n-workflow/dist/cjs/errors/index.js');
const { sleep } = require('n8n-workflow/dist/cjs/utils.js');
const descriptionFields = require('n8n-workflow/dist/cjs/webhook-description-fields.js');

module.exports = {
	...errors,
	...descriptionFields,
	NodeConnectionTypes,
	sleep,
	get NodeHelpers() {
		return require('n8n-workflow/dist/cjs/node-helpers.js');
	},
};
