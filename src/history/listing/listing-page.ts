import { htmlDocument } from '../../report/html/document.js';
import { html, type Markup } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { SIGNS } from '../../report/html/sections/verdict.js';
import { count, plural } from '../../report/words/numbers.js';
import { lapsedText, searchedText } from '../html/overview.js';
import { groupName, shortText, shownLight } from '../html/parts.js';
import { stateOf, unreadText, type State } from '../html/state.js';
import { passedOver } from '../html/passed-over.js';
import type { Trend } from '../trend-schema.js';
import { searchedRates } from '../stored/read-history.js';
import { byScenario } from './by-scenario.js';
import { entriesOf, type Listed, type ListEntry } from './entries.js';
import { everything, nameOf, WORST_CHARACTERS } from './everything.js';

/** Another page of this program, such as a history, or a comparison that was asked for. */
export interface OtherPage {
  link: string;
  title: string;
}

export interface Listing extends Listed, Pick<Trend, 'passedOver'> {
  pages: readonly OtherPage[];
}

/**
 * The page that lists everything in a directory.
 *
 * @param generator the program that makes the page, with its version
 */
export function listingPage(listing: Listing, generator: string): string {
  const entries = entriesOf(listing);
  return htmlDocument({
    title: 'Runs',
    generator,
    head: header(listing, entries),
    sections: [
      entries.length === 0 ? undefined : everything(entries),
      byScenario(listing.groups),
      otherPages(listing),
      passedOver(listing),
    ].filter((one) => one !== undefined),
  });
}

/** The first screen: how the newest run or suite ended, and what is red. */
function header(listing: Listing, entries: readonly ListEntry[]): Markup {
  const { groups, suites, pages } = listing;
  const runs = groups.flatMap((group) => group.runs);
  const [newest] = entries;
  const state = stateOf(listing);
  if (newest === undefined)
    return html`<header class="inconclusive">
      <p class="verdict"><strong>–</strong></p>
      <div><h1>No run was found</h1></div>
    </header>`;
  const { red } = state;
  const lights = (light: 'good' | 'red' | 'open') =>
    count(runs.filter((run) => shownLight(run) === light).length);
  // What is neither good nor red, and needs no look either.
  const others = (['not held', 'skipped'] as const).flatMap((word) => {
    const number = runs.filter(({ outcome }) => outcome === word).length;
    return number === 0 ? [] : [`${count(number)} ${word}`];
  });
  const searches = suites.filter(({ suite }) => suite.limit !== undefined).length;
  const times = runs.map(({ startedAt }) => startedAt.slice(0, 10)).sort();
  const of = [
    `${plural(runs.length, 'run')} of ${plural(new Set(groups.map(({ scenario }) => scenario)).size, 'scenario')}`,
    ...(suites.length === searches ? [] : [plural(suites.length - searches, 'suite')]),
    ...(searches === 0 ? [] : [`${plural(searches, 'search', 'searches')} for a rate`]),
  ].join(', ');
  const worse = newestComparisons(entries).find(({ look }) => look === 'fail');
  const look =
    worse !== undefined || newest.look === 'fail'
      ? 'fail'
      : state.look === 'pass' && newest.look === 'inconclusive'
        ? 'inconclusive'
        : state.look;
  const word = { fail: 'RED', inconclusive: "CAN'T TELL", pass: 'GOOD' }[look];
  return html`<header class="${look}">
    <p class="verdict">
      <strong><span aria-hidden="true">${SIGNS[look]}</span> ${word}</strong>
    </p>
    <div>
      <h1>The newest: ${newest.word} ${nameOf(newest)}</h1>
      ${newest.worst === '' ? null : html`<p>${shortText(newest.worst, WORST_CHARACTERS)}</p>`}
      ${worse === undefined ? null : html`<p>A comparison found a regression: ${shortText(worse.worst, WORST_CHARACTERS)}</p>`}
      <p class="halves">
        ${
          red.length === 0
            ? `No series of runs is red${openText(state)}${lapsedText(groups)}.`
            : `${plural(red.length, 'series', 'series')} red: ${red.map(groupName).join('; ')}${lapsedText(groups)}.`
        }
        ${unreadText(state) === '' ? null : html`<a href="#passed-over">${unreadText(state)}</a>.`}
      </p>
      ${pages.length === 0 ? null : html`<p>${pages.slice(0, NAMED).map((page, i) => html`${i === 0 ? '' : ' · '}${linked(page)}`)}</p>`}
      <p class="meta">
        ${of}${times.length === 0 ? '' : `, ${times[0] ?? ''} to ${times.at(-1) ?? ''}`}: ${lights('good')} good,
        ${[`${lights('red')} red`, ...others, `${lights('open')} can't tell`].join(', ')}${searchedText(searchedRates(suites))}
      </p>
    </div>
  </header>`;
}

/** Such as `; the newest run can't tell in 1 series: life`; empty for none. */
function openText({ open }: State): string {
  if (open.length === 0) return '';
  return `; the newest run can't tell in ${plural(open.length, 'series', 'series')}: ${open.map(groupName).join('; ')}`;
}

/**
 * The newest comparison of each name. An older one says nothing of what is. One that could not compare ends no
 * regression, so it does not count.
 */
function newestComparisons(entries: readonly ListEntry[]): ListEntry[] {
  const newestLast = entries
    .filter(({ kind, look }) => kind === 'comparison' && look !== 'inconclusive')
    .toReversed();
  return [...new Map(newestLast.map((one) => [one.name, one])).values()];
}

function otherPages({ pages }: Listing): Section | undefined {
  if (pages.length === 0) return undefined;
  return {
    id: 'pages',
    title: 'Histories and comparisons',
    content: html`<ul>
      ${pages.map(({ link, title }) => html`<li><a href="${link}">${title}</a> <small>${decodeURIComponent(link)}</small></li>`)}
    </ul>`,
  };
}

/** The most pages that the first screen links to. */
const NAMED = 4;

function linked({ link, title }: OtherPage): Markup {
  return html`<a href="${link}">${title}</a>`;
}
