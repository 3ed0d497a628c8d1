/**
 * `npm run pictures`: takes the README's pictures in a real n8n, each in light and in dark, into
 * `docs/images`. Look at them before you commit them. Names given as arguments limit it to those,
 * e.g. `npm run pictures -- trigger`.
 */
import { ensureChromium } from '../host/chromium.mjs';
import { installHost } from '../host/install.mjs';
import { runAsProgram } from '../host/main.mjs';
import { prepare } from '../host/prepare.mjs';
import { createProgress } from '../host/progress.mjs';

await runAsProgram(import.meta.url, async () => {
	const progress = createProgress();
	await prepare(progress);
	await installHost(progress);
	const chromium = await ensureChromium(progress);
	if (!chromium) throw new Error('Without a browser there are no pictures.');
	// Only now are the libraries there that the rest is made with.
	const { openEditor } = await import('../e2e/browser.mjs');
	const { openSet } = await import('./set.mjs');
	const { scenes } = await import('./scenes.mjs');
	const { capture } = await import('./capture.mjs');

	const wanted = process.argv.slice(2);
	const set = await openSet(progress);
	try {
		for (const theme of /** @type {const} */ (['light', 'dark'])) {
			const editor = await openEditor(chromium, set.base, {
				// n8n follows the system's theme until its user chooses one.
				colorScheme: theme,
			});
			for (const [name, scene] of Object.entries(scenes)) {
				if (wanted.length > 0 && !wanted.includes(name)) continue;
				const clip = await scene(editor, set);
				const { file, bytes } = await capture(editor.page, clip, `${name}.${theme}`);
				progress.say(`${file}: ${Math.round(bytes / 1024)} kB`);
			}
			await editor.close();
		}
	} finally {
		await set.close();
	}
});
