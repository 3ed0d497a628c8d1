import { optionsOf } from '../../host/demo-options.mjs';

/** What `npm start` is told. */

test('without options it plays JOFI, and goes on until it is stopped', () => {
	expect(optionsOf([])).toEqual({ once: false, provider: 'jofi' });
});

test.each(['jofi', 'jobaffinity', 'regpack', 'innovative-educators'])('plays %s', (provider) => {
	expect(optionsOf(['--provider', provider, '--once'])).toEqual({ once: true, provider });
	expect(optionsOf([`--provider=${provider}`])).toEqual({ once: false, provider });
});

test.each([
	[['--provider', 'workday'], 'There is no provider "workday": '],
	[['--provider', 'JOFI'], 'There is no provider "JOFI": '],
	[['--provider'], '--provider lacks its name: '],
	[['--provider='], '--provider lacks its name: '],
	[['--provider', '--once'], 'There is no provider "--once": '],
	[['--port', '1'], '--port is not known: '],
	[['-x'], '-x is not known: '],
	[['jofi'], '"jofi" is not known: '],
	[['--once=no'], '--once takes no value: '],
])('refuses %j in one sentence', (args, reason) => {
	expect(() => optionsOf(args)).toThrow(
		new Error(
			`${reason}after "npm start --" come --once, and --provider with jofi, jobaffinity, regpack or innovative-educators.`,
		),
	);
});
