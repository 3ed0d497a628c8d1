/**
 * What a person does with the mouse and the keyboard, counted in the page itself: whatever a flow of
 * this test calls, only what n8n's editor gets as an event counts.
 *
 * @typedef {object} Counts
 * @property {number} clicks presses of the mouse that end where they began
 * @property {number} drags
 * @property {number} typed fields whose text was typed, without search fields
 * @property {number} searches of the node panel
 * @property {number} decisions choices from a list: an option, or an item of the node panel that was
 * not searched for
 * @property {number} programs other than the browser, such as one that sends a delivery
 */

/** @typedef {Awaited<ReturnType<typeof createHand>>} Hand */

/** Of the mouse's wheel, in pixels. */
const TURN = 300;
const MOST_TURNS = 30;
/** Where a field is dropped, in pixels from the right edge of the parameter. */
const FROM_THE_END = 50;

/**
 * @param {import('../e2e/browser.mjs').Editor} editor
 */
export async function createHand({ page, byId }) {
	/** @type {Counts} */
	const counts = { clicks: 0, drags: 0, typed: 0, searches: 0, decisions: 0, programs: 0 };
	await page.exposeBinding('countedByTest', (_, /** @type {keyof Counts} */ what) => {
		counts[what]++;
	});
	await page.addInitScript(countInPage);

	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	const clipboard = async () => await page.evaluate(() => navigator.clipboard.readText());

	return {
		counts,
		reset: () =>
			Object.keys(counts).forEach((what) => (counts[/** @type {keyof Counts} */ (what)] = 0)),
		/** What was counted since the last reset. @returns {Counts} */
		counted: () => ({ ...counts }),
		/** @param {import('playwright-core').Locator} locator */
		click: (locator) => locator.click(),
		/**
		 * Types as a person does: into the field that a click has the cursor in.
		 *
		 * @param {import('playwright-core').Locator} locator
		 * @param {string} text
		 */
		async type(locator, text) {
			await locator.click();
			await page.keyboard.press('ControlOrMeta+A');
			await page.keyboard.type(text);
			// n8n takes it over a moment later; no person clicks on before that.
			await page.waitForTimeout(500);
		},
		/**
		 * Adds a node from the node panel, which is open.
		 *
		 * @param {string} words
		 * @param {string[]} items what to click, one after the other
		 */
		async add(words, ...items) {
			await byId('node-creator-search-bar').waitFor();
			await page.keyboard.type(words);
			for (const item of items)
				await byId('node-creator').getByText(item, { exact: true }).first().click();
			await byId('ndv').waitFor();
		},
		/** Opens a node of the canvas. @param {string} node */
		async open(node) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
			await byId('ndv').waitFor();
		},
		/**
		 * Marks a text with the mouse, from its beginning to its end, and copies it.
		 *
		 * @param {import('playwright-core').Locator} text
		 * @returns {Promise<string>} what is in the clipboard then
		 */
		async copy(text) {
			await text.scrollIntoViewIfNeeded();
			const box = await text.boundingBox();
			if (!box) throw new Error('There is no text to copy.');
			await page.mouse.move(box.x + 1, box.y + 4);
			await page.mouse.down();
			await page.mouse.move(box.x + box.width - 2, box.y + box.height - 4, { steps: 20 });
			await page.mouse.up();
			await page.keyboard.press('ControlOrMeta+C');
			return await clipboard();
		},
		clipboard,
		/**
		 * Drags a field of the input to a parameter.
		 *
		 * @param {string} path of the field
		 * @param {string} parameter
		 */
		async drag(path, parameter) {
			const field = byId('ndv-input-panel')
				.locator(`[data-target="mappable"][data-value="{{ $json.${path} }}"]`)
				.first();
			await byId('ndv-input-panel').getByText('Schema', { exact: true }).first().waitFor();
			await byId('ndv-input-panel').hover();
			// n8n shows of a long list what is in sight.
			for (let turn = 0; turn < MOST_TURNS && (await field.count()) === 0; turn++) {
				await page.mouse.wheel(0, TURN);
				await page.waitForTimeout(100);
			}
			await field.scrollIntoViewIfNeeded();
			await field.hover();
			await page.mouse.down();
			const target = byId(`parameter-input-${parameter}`).first();
			await target.scrollIntoViewIfNeeded();
			const box = await target.boundingBox();
			if (!box) throw new Error(`The parameter ${parameter} is not shown.`);
			// At the end of what is there: n8n puts the field where it is dropped.
			const [x, y] = [box.x + box.width - FROM_THE_END, box.y + box.height / 2];
			await page.mouse.move(x, y, { steps: 20 });
			await page.mouse.up();
			await target.getByText(`{{ $json.${path} }}`).first().waitFor();
		},
		/** A program outside of the browser that the person has to run. @param {() => Promise<unknown>} run */
		async program(run) {
			counts.programs++;
			return await run();
		},
	};
}

/** Runs in the page. */
function countInPage() {
	/** How far the mouse may slip in a click, in pixels. */
	const SLIP = 8;
	/** @type {{ x: number, y: number } | undefined} */
	let pressed;
	/** @type {WeakSet<EventTarget>} */
	const typed = new WeakSet();
	/** @param {string} what */
	const count = (what) => /** @type {any} */ (window).countedByTest(what);
	/** @param {EventTarget | null} target */
	const isSearch = (target) =>
		target instanceof Element && target.closest('[data-test-id="node-creator"]') !== null;
	const isSearched = () =>
		/** @type {HTMLInputElement | null} */ (
			document.querySelector('[data-test-id="node-creator-search-bar"]')
		)?.value;
	addEventListener(
		'pointerdown',
		({ clientX: x, clientY: y, target }) => {
			pressed = { x, y };
			if (!(target instanceof Element)) return;
			if (
				target.closest('[role="option"]') ||
				(target.closest('[data-test-id="item-iterator-item"]') && !isSearched())
			)
				count('decisions');
		},
		true,
	);
	addEventListener(
		'pointerup',
		({ clientX, clientY }) => {
			if (!pressed) return;
			const moved = Math.hypot(clientX - pressed.x, clientY - pressed.y);
			count(moved > SLIP ? 'drags' : 'clicks');
			pressed = undefined;
		},
		true,
	);
	addEventListener(
		'input',
		({ target, isTrusted }) => {
			if (!isTrusted || !target || typed.has(target)) return;
			typed.add(target);
			count(isSearch(target) ? 'searches' : 'typed');
		},
		true,
	);
}
