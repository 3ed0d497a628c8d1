import QuietReporter from '../../host/reporter.mjs';

/** @param {string} text */
const logged = (text) => /** @type {const} */ ({ message: text, origin: '', type: 'log' });

/** @param {...Partial<import('@jest/reporters').TestResult>} suites what is printed for them */
function printed(...suites) {
	let text = '';
	const out = { write: (/** @type {string} */ more) => (text += more) };
	const reporter = new QuietReporter({ rootDir: '/clone' }, { out });
	reporter.onRunStart({ numTotalTestSuites: suites.length });
	for (const [index, suite] of suites.entries()) {
		const test = { path: `/clone/test/unit/${index}.test.mjs` };
		reporter.onTestFileStart(test);
		reporter.onTestFileResult(test, {
			console: undefined,
			failureMessage: null,
			numPassingTests: 0,
			numFailingTests: 0,
			...suite,
		});
	}
	reporter.onRunComplete();
	return text;
}

it('prints one line when all tests pass, whatever they log', () => {
	const suite = { numPassingTests: 2, console: [logged('The API key was not accepted')] };
	expect(printed(suite, suite)).toMatch(/^\[ +\d+ s\] 2 of 2 suites, 4 tests, in \d+\.\d s\n$/);
});

it('prints of a suite that fails why, and what it logged', () => {
	const text = printed(
		{ numPassingTests: 1, console: [logged('passing')] },
		{
			numFailingTests: 1,
			failureMessage: '  ● is true\n\n    Expected: true\n',
			console: [logged('before'), logged('two\nlines')],
		},
	);
	expect(text).toContain('FAILED test/unit/1.test.mjs\n  ● is true\n\n    Expected: true\n');
	expect(text).toContain('  | before\n  | two\n  | lines\n');
	expect(text).toContain('2 of 2 suites (1 failed), 2 tests');
	expect(text).not.toContain('passing');
});

it('prints the end of a long log', () => {
	const console = Array.from({ length: 1000 }, (_, index) => logged(`line ${index}`));
	const text = printed({ failureMessage: 'failed', console });
	expect(text).toContain('  | line 900\n');
	expect(text).toContain('  | line 999\n');
	expect(text).not.toContain('  | line 899\n');
});

it('prints once what fails many tests, such as a hook', () => {
	const failures = ['a', 'b', 'c'].map((name) => `  ● suite › ${name}\n\n    n8n ended\n\n`);
	const text = printed({ failureMessage: [...failures, '  ● d\n\n    other\n'].join('') });
	expect(text.match(/n8n ended/g)).toHaveLength(1);
	for (const name of ['suite › a', 'suite › b', 'suite › c', '● d']) expect(text).toContain(name);
	expect(text).toContain('other');
});
