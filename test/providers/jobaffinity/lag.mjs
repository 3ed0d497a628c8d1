/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./records.mjs').Kinds} Kinds */
/** @typedef {number | ((change: Kinds['stepChange']) => number)} Lag milliseconds */

/**
 * Whether a change is shown after its lag. That JobAffinity's answers lag behind its deliveries is
 * unknown, as is whether the list of changes and the application do so alike.
 *
 * @param {World} world
 * @param {Lag} lag
 * @returns {(change: Kinds['stepChange']) => boolean}
 */
const shownAfter =
	({ account }, lag) =>
	(change) => {
		const ms = typeof lag === 'function' ? lag(change) : lag;
		return ms <= 0 || change.at + ms <= account.now();
	};

/**
 * Whether the list of step changes shows this one. That it shows the step in which an application
 * begins is unknown.
 *
 * @param {World} world
 * @param {Kinds['stepChange']} change
 */
export const isListed = (world, change) =>
	(world.settings.listShowsStart || change.via !== 'apply') &&
	shownAfter(world, world.settings.listLagMs)(change);

/**
 * The changes that an application shows in itself.
 *
 * @param {World} world
 * @param {Kinds['application']} application
 */
export const changesShownBy = (world, application) =>
	world.account.stepChanges
		.filter(({ applicationId }) => applicationId === application.id)
		.filter(shownAfter(world, world.settings.applicationLagMs));

/**
 * An application in the step that it shows.
 *
 * @param {World} world
 * @param {Kinds['application']} application
 */
export function asShown(world, application) {
	if (world.settings.applicationLagMs === 0) return application;
	const last = changesShownBy(world, application).at(-1);
	return last ? { ...application, step: { ...last.step, at: last.at } } : application;
}
