import { htmlDocument } from './document.js';
import type { Result } from '../../results/result.js';
import type { PageInput } from './input.js';
import { halvesText, outcomeWord } from '../words/headline.js';
import { timeline } from './faults/timeline.js';
import { html, type Markup } from './markup.js';
import { answered } from './sections/answered.js';
import { audit } from './sections/audit.js';
import { allChecks, brokenChecks } from './sections/checks.js';
import { clocks } from './sections/clocks.js';
import { causes } from './sections/causes.js';
import { commitHistory } from './sections/commits.js';
import { again, environment } from './sections/environment.js';
import { faults } from './sections/faults.js';
import { further } from './sections/further-figures.js';
import { known } from './sections/known.js';
import { latency } from './sections/latency.js';
import { conflicts, messages } from './sections/nodes.js';
import { measured } from './sections/published.js';
import { rate } from './sections/rate.js';
import { reproduction } from './sections/reproduction.js';
import { resources } from './sections/resources.js';
import { sharing } from './sections/sharing.js';
import { sectionMarkup } from './sections/section.js';
import { caseCards, verdictHeader } from './sections/verdict.js';
import { witnesses } from './witnesses/section.js';

/** `report.html` of one run. */
export function reportPage(input: PageInput): string {
  const { result } = input;
  const sections = [
    brokenChecks(input),
    known(result),
    causes(result),
    faults(result, input.timeline),
    reproduction(result),
    measured(result),
    sharing(result),
    further(result),
    answered(result),
    latency(result),
    rate(result),
    resources(result),
    conflicts(result),
    messages(result),
    audit(result),
    commitHistory(result),
    clocks(result),
    witnesses(input),
    allChecks(result),
    environment(result),
    again(result),
  ].filter((one) => one !== undefined);
  // Whoever broke a node wants to see first what came of it.
  const happened = timeline(result, input.timeline);
  return htmlDocument({
    title: title(result),
    generator: `${result.tool.name} ${result.tool.version}`,
    head: html`${verdictHeader(result)}${toTimeline(input)}${happened && sectionMarkup(happened)}${caseCards(result)}`,
    sections,
  });
}

function toTimeline({ timeline: page }: PageInput): Markup | undefined {
  if (page === undefined) return undefined;
  return html`<nav aria-label="Timeline of exchanges"><p class="note"><a href="${page}">Timeline of exchanges</a>: every request, second by second</p></nav>`;
}

/**
 * The title, such as `PASS published-galera · Conformance: pass · Reproduction: reproduced`. Without expected figures
 * it has no halves, as conformance alone repeats the outcome.
 */
function title(result: Result): string {
  const name = `${outcomeWord(result)} ${result.scenario.name}`;
  return result.reproduction === null ? name : `${name} · ${halvesText(result)}`;
}
