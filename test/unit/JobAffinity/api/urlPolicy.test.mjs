import { downloadUrl, apiUrl } from '#dist/nodes/JobAffinity/api/urlPolicy.js';
import { processorMs } from '../../clock.mjs';
import { hostileLinks } from '../../../integration/jobaffinity/hostile.mjs';

const ROOT = 'https://jobaffinity.fr/restapi/v1';
const PAGE = `${ROOT}/candidate?limit=100&pool_name=Alumni`;

describe('a link of the API that is not written as in the samples is followed', () => {
	it.each([
		['?cursor=abc', `${ROOT}/candidate?cursor=abc`],
		[
			'?pool_name=Grands comptes&pagecursor=3',
			`${ROOT}/candidate?pool_name=Grands%20comptes&pagecursor=3`,
		],
		['/restapi/v1/candidate?last_name=Lefèvre', `${ROOT}/candidate?last_name=Lef%C3%A8vre`],
		['/restapi/v1/candidate?last_name=Lefe\u0300vre', `${ROOT}/candidate?last_name=Lefe%CC%80vre`],
		[
			'/restapi/v1/step?step_name=Chef d\u2019équipe – Nord',
			`${ROOT}/step?step_name=Chef%20d%E2%80%99%C3%A9quipe%20%E2%80%93%20Nord`,
		],
		['/restapi/v1/pool/Grands comptes/candidate', `${ROOT}/pool/Grands%20comptes/candidate`],
		['http://jobaffinity.fr/restapi/v1/job?pagecursor=3', `${ROOT}/job?pagecursor=3`],
		['HTTP://JobAffinity.fr:80/restapi/v1/job', `${ROOT}/job`],
		['https://jobaffinity.fr:443/restapi/v1/job', `${ROOT}/job`],
	])('%s', (link, url) => {
		expect(apiUrl(ROOT, link, PAGE)?.href).toBe(url);
	});

	it('except for a query alone outside a page', () => {
		expect(apiUrl(ROOT, '?cursor=abc')).toBeUndefined();
	});
});

describe('a link stays at the host', () => {
	it.each([
		'http://jobaffinity.fr:8080/restapi/v1/job',
		'http://jobaffinity.fr:443/restapi/v1/job',
		'http://jobaffinity.fr./restapi/v1/job',
		'http://jobaffinity.fr.evil.example/restapi/v1/job',
		'http://evil.example/restapi/v1/job',
		'http://evil.example?//jobaffinity.fr/restapi/v1/job',
		'http://user@jobaffinity.fr/restapi/v1/job',
		'http://jobaffinity.fr/apply/api/1',
		'http://jobaffinity.fr/restapi/../apply/api/1',
		'http://jobaff\u0456nity.fr/restapi/v1/job',
		'http://jobaffinity\u3002fr/restapi/v1/job',
		'//jobaffinity.fr/restapi/v1/job',
		'?cursor=\\evil',
		'?cursor=\u202e1',
		'?cursor=\u00a01',
		'?cursor=1\n',
		'/restapi/v1/\uff0e\uff0e/\uff0e\uff0e/apply',
		'/restapi/v1/..\uff0f..\uff0fapply',
		'/restapi/v1/\u2025/apply',
		'/restapi/v1/a /b',
		'/restapi/v1/a/ ',
		' /restapi/v1/a',
		`?cursor=${'1'.repeat(8000)}`,
		...hostileLinks({ api: 1, evil: 2 }).filter(
			(link) => !link.startsWith('?') && !link.startsWith('https://jobaffinity.fr/'),
		),
	])('%j', (link) => {
		expect(apiUrl(ROOT, link, PAGE)).toBeUndefined();
	});

	it('and goes by HTTP only where the API does', () => {
		expect(
			apiUrl('http://127.0.0.1:5000/restapi/v1', 'http://127.0.0.1:5000/restapi/v1/job')?.protocol,
		).toBe('http:');
		expect(apiUrl(ROOT, 'http://jobaffinity.fr/restapi/v1/job')?.protocol).toBe('https:');
	});
});

describe('a file', () => {
	const api = new URL(ROOT);

	it('of the API’s own host is downloaded by HTTPS, even when its link has HTTP', () => {
		expect(downloadUrl('http://jobaffinity.fr/cv/1.pdf', api, api)?.href).toBe(
			'https://jobaffinity.fr/cv/1.pdf',
		);
	});

	it.each([
		'http://files.example/1.pdf',
		'http://jobaffinity.fr:8080/1.pdf',
		'http://u@jobaffinity.fr/1.pdf',
	])('is not downloaded by %s', (link) => {
		expect(downloadUrl(link, api, api)).toBeUndefined();
	});
});

test('a long link is checked quickly', () => {
	const start = processorMs();
	for (const link of [
		'9'.repeat(1e6),
		`/restapi/v1/${' '.repeat(1e6)}`,
		`/restapi/v1/${'é'.repeat(7000)}`,
		`http://${'a'.repeat(1e6)}`,
	]) {
		apiUrl(ROOT, link, PAGE);
	}
	expect(processorMs() - start).toBeLessThan(250);
});
