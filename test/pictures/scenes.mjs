/** @typedef {import('../e2e/browser.mjs').Editor} Editor */
/** @typedef {import('./capture.mjs').Box} Box */
/** @typedef {import('./set.mjs').Set} Set */
/** @typedef {import('playwright-core').Locator} Locator */

/**
 * Leads the editor to what a picture shows, and says which part of the window that is.
 *
 * @typedef {(editor: Editor, set: Set) => Promise<Box>} Scene
 */

/** @type {Scene} */
async function flow(editor, { base, importedId }) {
	const { page, byId } = editor;
	await page.setViewportSize({ width: 1100, height: 700 });
	await page.goto(`${base}/workflow/${importedId}`);
	await byId('execute-workflow-button').last().click();
	await page.getByText('Workflow executed successfully').first().waitFor();
	await settle(editor);
	return around(
		await boxesOf(byId('canvas-node'), byId('sticky'), byId('execute-workflow-button').last()),
		14,
	);
}

/** @type {Scene} */
async function trigger(editor, { publishedId }) {
	const { page, byId } = editor;
	await page.setViewportSize({ width: 1400, height: 900 });
	await editor.openNode(publishedId, 'JOFI Trigger');
	await page.getByTitle('Click to display webhook URLs').click();
	await byId('ndv').getByText('Production URL', { exact: true }).first().click();
	await settle(editor);
	const [parameters, output, events] = await boxesOf(
		byId('node-parameters'),
		byId('output-panel'),
		byId('parameter-input-events'),
	);
	return between(
		{ x: parameters.x, y: output.y },
		{ x: output.x - EDGE, y: events.y + events.height + 10 },
	);
}

/** @type {Scene} */
async function output(editor, { importedId }) {
	const { page, byId } = editor;
	await page.setViewportSize({ width: 1250, height: 760 });
	await editor.openNode(importedId, 'Send Email');
	await byId('ndv-input-panel').getByText('firstName').first().waitFor();
	// The button to the node before it would be cut in half.
	await page.addStyleTag({ content: '[data-test-id=floating-node] { visibility: hidden }' });
	await settle(editor);
	const [panel, right, last] = await boxesOf(
		byId('ndv'),
		byId('output-panel'),
		byId('parameter-input-emailFormat'),
	);
	return between(
		{ x: panel.x + 1, y: panel.y + 1 },
		{ x: right.x - EDGE, y: last.y + last.height + 12 },
	);
}

/** @type {Scene} */
async function executions(editor, { base, publishedId }) {
	const { page, byId } = editor;
	await page.setViewportSize({ width: 1100, height: 590 });
	await page.goto(`${base}/workflow/${publishedId}/executions`);
	await page.getByText('Succeeded in').first().waitFor();
	await settle(editor);
	const [list, logs] = await boxesOf(byId('executions-sidebar'), byId('logs-panel'));
	return between({ x: list.x, y: 0 }, { x: 1100, y: logs.y });
}

/** The pictures, by name. @type {Record<string, Scene>} */
export const scenes = { flow, trigger, output, executions };

/** Half of the handle between two panels. */
const EDGE = 2;

/**
 * Closes messages and n8n's checklist, takes the mouse away, and waits until nothing moves.
 *
 * @param {Editor} editor
 */
async function settle({ page, byId }) {
	await page.waitForTimeout(1_500);
	for (const close of await page.locator('.el-notification__closeBtn').all()) await close.click();
	for (const close of await byId('suggested-actions-close').all()) await close.click();
	await page.mouse.move(0, 0);
	await page.waitForTimeout(1_500);
}

/**
 * In the order of the locators.
 *
 * @param {Locator[]} locators
 */
async function boxesOf(...locators) {
	const found = (await Promise.all(locators.map((each) => each.all()))).flat();
	const boxes = await Promise.all(found.map((each) => each.boundingBox()));
	return boxes.filter((box) => box !== null);
}

/**
 * @param {Box[]} boxes
 * @param {number} margin
 */
function around(boxes, margin) {
	const x = Math.min(...boxes.map((box) => box.x)) - margin;
	const y = Math.min(...boxes.map((box) => box.y)) - margin;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
	return between({ x, y }, { x: right, y: bottom });
}

/**
 * @param {{ x: number, y: number }} corner top left
 * @param {{ x: number, y: number }} opposite
 * @returns {Box}
 */
const between = ({ x, y }, opposite) => ({ x, y, width: opposite.x - x, height: opposite.y - y });
