/**
 * Conventional Commits, subjects of at most 72 characters so that no tool cuts them off.
 *
 * @type {import('@commitlint/types').UserConfig}
 */
export default {
	extends: ['@commitlint/config-conventional'],
	rules: {
		'header-max-length': [2, 'always', 72],
		// Prose, tables and figures are welcome below the subject.
		'body-max-line-length': [0],
		'footer-max-line-length': [0],
		// Names such as JOFI or JobAffinityTrigger keep their own capitals.
		'subject-case': [0],
	},
};
