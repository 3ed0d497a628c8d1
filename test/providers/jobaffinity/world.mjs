import { createLinks } from './links.mjs';
import { createPages } from './pages.mjs';
import * as newer from './shapes/new.mjs';
import * as older from './shapes/old.mjs';

/** @typedef {import('./records.mjs').Kinds} Kinds */

/**
 * The objects in which the two editions of the reference differ.
 *
 * @typedef {{ [Kind in 'candidate' | 'job' | 'application' | 'stepChange']: (world: World, record: Kinds[Kind]) => object }} Shapes
 */

/**
 * What all answers are made from.
 *
 * @typedef {object} World
 * @property {import('./account.mjs').Account} account
 * @property {import('./settings.mjs').Settings} settings
 * @property {() => string} origin of the API
 * @property {import('./storage.mjs').Storage} storage
 * @property {import('./links.mjs').Links} links
 * @property {import('./pages.mjs').Pages} pages
 * @property {Shapes} shapes
 */

/** @param {Pick<World, 'account' | 'settings' | 'origin' | 'storage'>} parts @returns {World} */
export const createWorld = (parts) => ({
	...parts,
	links: createLinks(parts.settings.links, parts.origin),
	pages: createPages(parts.settings),
	shapes: parts.settings.generation === 'old' ? older : newer,
});
