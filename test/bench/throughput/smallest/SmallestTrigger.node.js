/** Takes a delivery, answers at once, starts an execution with one item: nothing could do less. */
class SmallestTrigger {
	description = {
		displayName: 'Smallest Trigger',
		name: 'smallestTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow when something is delivered',
		defaults: { name: 'Smallest Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'smallest' },
		],
		properties: [],
	};

	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { SmallestTrigger };
