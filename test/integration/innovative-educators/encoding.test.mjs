import { inMemory, run } from './node.mjs';

const ROWS = 3000;
const header = 'id,event,notifiableId,title\n';

/** A file with `ROWS` rows. @param {(index: number) => Buffer} rowOf */
const file = (rowOf) => ({
	name: 'nightly.csv',
	mimeType: 'text/csv',
	content: Buffer.concat([
		Buffer.from(header),
		...Array.from({ length: ROWS }, (_, index) => rowOf(index)),
	]),
});

/** @param {number} index @param {string} title @param {BufferEncoding} encoding */
const row = (index, title, encoding) =>
	Buffer.from(`${index},courseCompletion,c,${title}\n`, encoding);

/** @param {ReturnType<typeof file>} of */
async function parsed(of) {
	const { json, hints } = await run('nightlyExport:parse', {}, { items: [inMemory(of)] });
	return {
		titles: json.map(({ payload }) => payload.title),
		encodings: json.map(({ details }) => details?.encoding),
		hints: hints.map(({ message }) => message),
	};
}

it('a file in Windows-1252 is read, and its items and a hint name the encoding', async () => {
	const { titles, encodings, hints } = await parsed(
		file((index) => row(index, index % 2 ? 'Café für alle' : 'Orientation', 'latin1')),
	);
	expect(new Set(titles)).toEqual(new Set(['Orientation', 'Café für alle']));
	expect(encodings).toEqual(
		Array.from({ length: ROWS }, (_, index) => (index % 2 ? 'windows-1252' : undefined)),
	);
	expect(hints).toEqual([
		'Not all of nightly.csv is UTF-8: the other lines were read as windows-1252, and details of their items name the encoding.',
	]);
});

it('a line in another encoding affects no other line', async () => {
	const { titles } = await parsed(
		file((index) => row(index, 'Café', index === 1000 ? 'latin1' : 'utf8')),
	);
	expect(titles).toEqual(Array(ROWS).fill('Café'));
});

it('a file in UTF-8 is read wherever its chunks end, without a hint', async () => {
	for (const title of ['é', 'éé', 'ééé €€', '日本'.repeat(40)]) {
		const { titles, encodings, hints } = await parsed(file((index) => row(index, title, 'utf8')));
		expect(new Set(titles)).toEqual(new Set([title]));
		expect(new Set(encodings)).toEqual(new Set([undefined]));
		expect(hints).toEqual([]);
	}
});

it('a file that starts with the mark of UTF-16 is read as UTF-16', async () => {
	const content = Buffer.from(`\uFEFF${header}1,courseCompletion,c,Café\n`, 'utf16le');
	const { titles, encodings } = await parsed({
		name: 'nightly.csv',
		mimeType: 'text/csv',
		content,
	});
	expect({ titles, encodings }).toEqual({ titles: ['Café'], encodings: ['utf-16le'] });
});
