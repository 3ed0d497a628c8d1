import { timingSafeEqual } from 'node:crypto';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import ssh2 from 'ssh2';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** An ordinary file that its owner may read. */
const MODE_FILE = 0o100600;
const MODE_FOLDER = 0o040700;

/** @typedef {{ content: Buffer, modified: number }} File modified: in milliseconds since 1970 */

/**
 * An SFTP server on loopback with one folder, which somebody has pushed files to. They may be read,
 * and moved to folders.
 */
export async function openSftp() {
	/** @type {Map<string, File>} */
	const files = new Map();
	/** Those that were made in it. @type {Set<string>} */
	const folders = new Set();
	const login = { username: 'college', password: randomBytes(12).toString('hex') };
	const { privateKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});

	/** @param {File} file */
	const attributesOf = ({ content, modified }) => ({
		mode: MODE_FILE,
		uid: 0,
		gid: 0,
		size: content.length,
		atime: modified / 1000,
		mtime: modified / 1000,
	});
	const folder = { mode: MODE_FOLDER, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

	/** @param {string} path */
	const nameOf = (path) => path.replace(/^[/.]+/, '').replace(/\/$/, '');
	/** @param {string} path */
	const fileAt = (path) => files.get(nameOf(path));

	/** @param {import('ssh2').SFTPWrapper} sftp */
	function serveFiles(sftp) {
		/**
		 * Open files, and folders with whether they were listed.
		 *
		 * @type {Map<number, File | { listed: boolean }>}
		 */
		const handles = new Map();
		let last = 0;
		/** @param {File | { listed: boolean }} opened */
		const handleOf = (opened) => {
			handles.set(++last, opened);
			const handle = Buffer.alloc(4);
			handle.writeUInt32BE(last);
			return handle;
		};
		/** @param {Buffer} handle */
		const openedBy = (handle) => handles.get(handle.readUInt32BE());
		/** @param {number} id @param {string} path */
		const stat = (id, path) => {
			const file = fileAt(path);
			if (file) sftp.attrs(id, /** @type {any} */ (attributesOf(file)));
			else if (nameOf(path) === '' || folders.has(nameOf(path)))
				sftp.attrs(id, /** @type {any} */ (folder));
			else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
		};
		sftp.on(
			'REALPATH',
			(id, path) =>
				void sftp.name(
					id,
					/** @type {any} */ ([
						{ filename: `/${path.replace(/^[/.]+/, '')}`, longname: '', attrs: folder },
					]),
				),
		);
		sftp.on('STAT', stat);
		sftp.on('LSTAT', stat);
		sftp.on('MKDIR', (id, path) => {
			folders.add(nameOf(path));
			sftp.status(id, STATUS_CODE.OK);
		});
		sftp.on('RENAME', (id, from, to) => {
			const file = fileAt(from);
			const [into] = nameOf(to).split(/\/[^/]*$/);
			if (!file || fileAt(to) || (into !== nameOf(to) && !folders.has(into)))
				return void sftp.status(id, STATUS_CODE.FAILURE);
			files.delete(nameOf(from));
			files.set(nameOf(to), file);
			sftp.status(id, STATUS_CODE.OK);
		});
		sftp.on('OPENDIR', (id) => void sftp.handle(id, handleOf({ listed: false })));
		sftp.on('READDIR', (id, handle) => {
			const opened = openedBy(handle);
			if (!opened || !('listed' in opened) || opened.listed)
				return void sftp.status(id, STATUS_CODE.EOF);
			opened.listed = true;
			sftp.name(
				id,
				/** @type {any} */ (
					[...files]
						.filter(([name]) => !name.includes('/'))
						.map(([filename, file]) => ({
							filename,
							longname: `-rw------- 1 a a ${file.content.length} Jan 1 00:00 ${filename}`,
							attrs: attributesOf(file),
						}))
				),
			);
		});
		sftp.on('OPEN', (id, path, mode) => {
			const file = fileAt(path);
			if (!file || !(mode & OPEN_MODE.READ)) return void sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
			sftp.handle(id, handleOf(file));
		});
		sftp.on('FSTAT', (id, handle) => {
			const opened = openedBy(handle);
			if (opened && 'content' in opened) sftp.attrs(id, /** @type {any} */ (attributesOf(opened)));
			else sftp.status(id, STATUS_CODE.FAILURE);
		});
		sftp.on('READ', (id, handle, offset, length) => {
			const opened = openedBy(handle);
			if (!opened || !('content' in opened) || offset >= opened.content.length)
				return void sftp.status(id, STATUS_CODE.EOF);
			sftp.data(id, opened.content.subarray(offset, offset + length));
		});
		sftp.on('CLOSE', (id, handle) => {
			handles.delete(handle.readUInt32BE());
			sftp.status(id, STATUS_CODE.OK);
		});
	}

	const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
		client.on('authentication', (attempt) => {
			const known =
				attempt.method === 'password' &&
				attempt.username === login.username &&
				attempt.password.length === login.password.length &&
				timingSafeEqual(Buffer.from(attempt.password), Buffer.from(login.password));
			if (known) attempt.accept();
			else attempt.reject(['password']);
		});
		client.on('error', () => undefined);
		client.on('session', (accept) => void accept().on('sftp', (open) => serveFiles(open())));
	});
	server.listen(0, '127.0.0.1');
	await once(/** @type {any} */ (server), 'listening');

	return {
		/** For a credential of n8n's type `sftp`. */
		credential: {
			host: '127.0.0.1',
			port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
			...login,
		},
		/** @param {{ name: string, content: Buffer, modified?: number }} file */
		push({ name, content, modified = Date.now() }) {
			files.set(name, { content, modified });
		},
		/** The paths of all files. */
		paths: () => [...files.keys()],
		close: () => new Promise((resolve) => void server.close(() => resolve(undefined))),
	};
}
