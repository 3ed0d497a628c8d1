import { fileNameIn } from '#dist/nodes/JobAffinity/api/download.js';

/** As Node hands header values over. @param {string} text */
const bytes = (text) => Buffer.from(text).toString('latin1');

test.each([
	['attachment; filename="cv.pdf"', 'cv.pdf'],
	['attachment; filename=cv.pdf; size=1', 'cv.pdf'],
	['attachment; FileName = "a b.pdf"', 'a b.pdf'],
	['attachment; filename="say \\"cv\\".pdf"', 'say "cv".pdf'],
	[
		'attachment; filename="x.pdf"; filename*=UTF-8\'\'%C3%89lo%C3%AFse%20Noir.pdf',
		'Éloïse Noir.pdf',
	],
	["attachment; filename*=utf-8'fr'%E2%82%AC.pdf", '€.pdf'],
	["attachment; filename*=UTF-8''%E9.pdf", 'é.pdf'],
	["attachment; filename*=UTF-8''100%.pdf", '100%.pdf'],
	[bytes('attachment; filename="Éloïse.pdf"'), 'Éloïse.pdf'],
	['attachment; filename="\xc9lo\xefse.pdf"', 'Éloïse.pdf'],
	['attachment; filename="/etc/passwd"', 'passwd'],
	['attachment; filename="..\\\\..\\\\evil.exe"', 'evil.exe'],
	["attachment; filename*=UTF-8''..%2F..%2Fevil.pdf", 'evil.pdf'],
	["attachment; filename*=UTF-8''a%00b%0d%0a.pdf", 'ab.pdf'],
	[bytes('attachment; filename="a\u202efdp.exe"'), 'afdp.exe'],
	[`attachment; filename="${'a'.repeat(500)}.pdf"`, `${'a'.repeat(196)}.pdf`],
	['attachment; filename=".."', undefined],
	['attachment; filename="a/"', undefined],
	['attachment; filename=""', undefined],
	['attachment; filename="', '"'],
	['attachment', undefined],
	['', undefined],
	[undefined, undefined],
])('the name in %j is %j', (header, name) => {
	expect(fileNameIn(header)).toBe(name);
});
