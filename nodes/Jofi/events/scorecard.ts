import type { IDataObject } from 'n8n-workflow';
import escape from 'lodash/escape';
import groupBy from 'lodash/groupBy';
import omit from 'lodash/omit';
import partition from 'lodash/partition';
import startCase from 'lodash/startCase';

import { fullName, toLine } from '../../shared/events/title';
import { isObject } from '../../shared/values/json';
import { asText, textAt } from '../../shared/values/text';

/** A section is documented to be a list of scores; no other kind is. */
const isScores = (section: unknown): section is IDataObject[] =>
	Array.isArray(section) && section.every(isObject);

/** A score's fields that a scale renames or leaves out. */
const SCORE_FIELDS = [
	...['object', 'id', 'description', 'display_name', 'short_name'],
	...['test_taker_score', 'yellow_band', 'is_starred', 'facets'],
];

/** A scale followed by its facets, which a sample shows one level deep (api/scorecards). */
const scalesOf = (
	section: string,
	score: IDataObject,
	facetOf: IDataObject[string] = null,
): IDataObject[] => [
	{
		section,
		name: score.display_name ?? null,
		shortName: score.short_name ?? null,
		score: score.test_taker_score ?? null,
		band: score.yellow_band ?? null,
		isStarred: score.is_starred ?? null,
		facetOf,
		...omit(score, SCORE_FIELDS),
		...(!isScores(score.facets ?? []) && { facets: score.facets }),
	},
	...(isScores(score.facets)
		? score.facets.flatMap((facet) => scalesOf(section, facet, score.display_name))
		: []),
];

/**
 * The scores with one entry per scale: section, names, score, band and star. `score` is `null` until
 * the assessment is complete; `band` is JOFI's `yellow_band`, whose meaning is not documented. A
 * section that is not a list of scores stays as it is; one that is `null` is left out.
 */
export function scalesIn({ scores }: IDataObject): IDataObject {
	const all = isObject(scores) ? scores : { scores };
	const [sections, others] = partition(Object.entries(all), ([, section]) => isScores(section));
	const otherSections = Object.fromEntries(
		others.filter(([, section]) => section !== null && section !== undefined),
	);
	return {
		scales: sections.flatMap(([section, list]) =>
			(list as IDataObject[]).flatMap((score) => scalesOf(section, score)),
		),
		...(Object.keys(otherSections).length > 0 && { otherSections }),
	};
}

/** The most scales that a text has; JOFI's sections have a few dozen at most. */
const MAX_LINES = 300;

/** What a text says of a scale. */
interface Line {
	name: string;
	score: string;
	isFacet: boolean;
	isStarred: boolean;
}

/** What a text says of a scorecard: nothing that JOFI does not document, such as the bands. */
interface Printed {
	title: string;
	/** The letters of interests, as a sentence. */
	interests: string | null;
	sections: Array<{ title: string; lines: Line[] }>;
	/** A web page of JOFI. */
	link: string | null;
	isCut: boolean;
}

const lineAt = (source: unknown, path: string): string | null =>
	toLine(textAt(source, path) ?? '') || null;

/** A web address; any other URL, such as a script, must not become a link in a mail. */
function webAddress(value: unknown): string | null {
	const text = asText(value) ?? '';
	return URL.canParse(text) && new URL(text).protocol === 'https:' ? new URL(text).href : null;
}

const printedLine = (scale: IDataObject): Line => ({
	name: lineAt(scale, 'name') ?? lineAt(scale, 'shortName') ?? 'Unnamed scale',
	score: lineAt(scale, 'score') ?? 'no score yet',
	isFacet: asText(scale.facetOf) !== null,
	isStarred: scale.isStarred === true,
});

function printed(simple: IDataObject): Printed {
	const who = fullName(lineAt(simple, 'first_name'), lineAt(simple, 'last_name'));
	const profile = lineAt(simple, 'score_profile.display_name');
	const [own, wanted] = [
		lineAt(simple, 'riasec_profile'),
		lineAt(simple, 'score_profile.riasec_profile'),
	];
	const scales = simple.scales as IDataObject[];
	const sections = Object.entries(groupBy(scales.slice(0, MAX_LINES), 'section'));
	return {
		title: `Scorecard${who === null ? '' : ` of ${who}`}${profile === null ? '' : `: ${profile}`}`,
		interests: own && `Interests: ${own}${wanted === null ? '' : ` (score profile: ${wanted})`}`,
		sections: sections.map(([section, list]) => ({
			title: startCase(section),
			lines: list.map(printedLine),
		})),
		link: webAddress(simple.scorecard_url),
		isCut: scales.length > MAX_LINES,
	};
}

const NOTHING_SCORED = 'There is nothing to score.';
const CUT = 'There are more scales at JOFI.';

/** The scorecard as plain text. */
function textOf({ title, interests, sections, link, isCut }: Printed): string {
	const blocks = sections.map(({ title: section, lines }) =>
		[
			section,
			...lines.map(
				({ name, score, isFacet, isStarred }) =>
					`${isFacet ? '  - ' : ''}${name}: ${score}${isStarred ? ' *' : ''}`,
			),
		].join('\n'),
	);
	const isStarred = sections.some(({ lines }) => lines.some((line) => line.isStarred));
	return [
		title,
		...(blocks.length > 0 ? blocks : [NOTHING_SCORED]),
		...(isCut ? [CUT] : []),
		...(interests === null ? [] : [interests]),
		...(isStarred ? ['* starred in JOFI'] : []),
		...(link === null ? [] : [link]),
	].join('\n\n');
}

/** The same as HTML for the body of a mail: without styles or scripts, every text escaped. */
function htmlOf({ title, interests, sections, link, isCut }: Printed): string {
	const rowOf = ({ name, score, isFacet, isStarred }: Line) =>
		`<tr><td>${isFacet ? '&nbsp;&nbsp;&ndash; ' : ''}${escape(name)}${isStarred ? ' &#9733;' : ''}</td><td>${escape(score)}</td></tr>`;
	const tables = sections.map(
		({ title: section, lines }) =>
			`<h4>${escape(section)}</h4><table>${lines.map(rowOf).join('')}</table>`,
	);
	const paragraph = (text: string) => `<p>${text}</p>`;
	return [
		`<h3>${escape(title)}</h3>`,
		...(tables.length > 0 ? tables : [paragraph(NOTHING_SCORED)]),
		...(isCut ? [paragraph(CUT)] : []),
		...(interests === null ? [] : [paragraph(escape(interests))]),
		...(link === null ? [] : [paragraph(`<a href="${escape(link)}">Scorecard in JOFI</a>`)]),
	].join('\n');
}

/** The scorecard of an item when it could not be read: all that `scorecardDetails` has, unknown. */
export const NO_SCORECARD: IDataObject = {
	text: null,
	html: null,
	scoreProfile: null,
	riasecProfile: null,
	scales: [],
};

/** The scorecard of an item: ready to be mailed, and as data. */
export function scorecardDetails(response: IDataObject): IDataObject {
	const simple: IDataObject = { ...response, ...scalesIn(response) };
	const shown = printed(simple);
	return {
		text: textOf(shown),
		html: htmlOf(shown),
		scoreProfile: simple.score_profile ?? null,
		riasecProfile: simple.riasec_profile ?? null,
		scales: simple.scales,
		...(simple.otherSections !== undefined && { otherSections: simple.otherSections }),
	};
}
