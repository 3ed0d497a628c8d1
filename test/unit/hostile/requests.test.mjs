import { readFileSync } from 'node:fs';
import { onLoopback } from '../../host/proxy.mjs';
import { bytesOf, readAnswer } from '../../hostile/raw.mjs';

/** What the hostile run sends, and through which proxy. */

test('a request is sent with the headers as they are, but never as two requests', () => {
	const request = {
		method: 'POST',
		path: '/webhook/1?a=b',
		headers: { 'x-odd': ['a\r\nevil: 1', 'é'] },
		body: Buffer.from('body'),
	};
	expect(bytesOf(request).toString()).toBe(
		'POST /webhook/1?a=b HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: 4\r\nx-odd: a  evil: 1\r\nx-odd: é\r\n\r\nbody',
	);
	expect(bytesOf({ ...request, length: 9 }).toString()).toContain('content-length: 9\r\n');
});

test.each([
	['HTTP/1.1 401 Unauthorized\r\na: b\r\n\r\n{"message":"x"}', 401, '{"message":"x"}'],
	['HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 400, ''],
	['', 0, ''],
])('the answer %j is read', (bytes, status, text) => {
	expect(readAnswer(bytes)).toEqual({ status, text });
});

describe('the proxy of deploy/', () => {
	const config = readFileSync(new URL('../../../deploy/haproxy.cfg', import.meta.url), 'utf8');

	test('is tested with other addresses, and nothing else changed', () => {
		const tested = onLoopback(config, { port: 1, main: 2, webhooks: [3, 4] });
		const [before, after] = [config, tested].map((text) => text.split('\n'));
		const changed = after.filter((line) => !before.includes(line));
		expect(changed.map((line) => line.trim())).toEqual([
			'bind 127.0.0.1:1',
			'server webhook1 127.0.0.1:3',
			'server webhook2 127.0.0.1:4',
			'server main 127.0.0.1:2',
		]);
		expect(after).toHaveLength(before.length + 1);
	});

	test('is not tested when an address is elsewhere', () => {
		const other = config.replace('main:5678', 'main:80');
		expect(() => onLoopback(other, { port: 1, main: 2, webhooks: [2] })).toThrow(
			/does not have "server main/,
		);
	});
});
