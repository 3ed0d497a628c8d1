/**
 * Tests are plain ES modules and exercise what ships: the built nodes in `dist`.
 *
 * @param {string} name
 */
const project = (name) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.mjs`],
	transform: {},
	moduleNameMapper: {
		// Elsewhere the one that n8n and the nodes load; one more of ES modules would only take time.
		'^n8n-workflow$':
			name === 'unit'
				? '<rootDir>/test/unit/n8n-workflow.cjs'
				: '<rootDir>/node_modules/n8n-workflow/dist/cjs/index.js',
	},
	...(name === 'e2e' && { globalSetup: '<rootDir>/test/e2e/setup.mjs' }),
});

/** @type {import('jest').Config} */
export default {
	projects: ['unit', 'integration', 'e2e'].map(project),
	testSequencer: '<rootDir>/test/host/sequencer.mjs',
	// Milliseconds, of one test or hook; those with a real n8n wait for it.
	testTimeout: 120_000,
	// Test files leave much in memory, and a large worker takes longer to end than jest waits.
	workerIdleMemoryLimit: '800MB',
};
