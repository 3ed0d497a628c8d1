/**
 * Tests are plain ES modules and exercise what ships: the built nodes in `dist`.
 * @type {import('jest').Config}
 */
const shared = { testEnvironment: 'node', transform: {} };

/** @param {string} name @param {number} testTimeout milliseconds */
const project = (name, testTimeout) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mjs`],
	testTimeout,
});

export default {
	projects: [project('unit', 10_000), project('integration', 30_000), project('e2e', 240_000)],
};
