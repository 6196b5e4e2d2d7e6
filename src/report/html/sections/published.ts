import { COMPARISON_TEXT } from '../../words/comparison-words.js';
import { explanationSentences } from '../../text/findings.js';
import type { CaseResult } from '../../../results/case.js';
import type { Result } from '../../../results/result.js';
import type { PhaseResult } from '../../../results/phase.js';
import { besideChart, besideLegend, type Pair } from '../charts/beside.js';
import { panel } from '../charts/svg.js';
import { phaseLabel } from '../../words/phase-label.js';
import { phasePath } from '../input.js';
import { html, type Content, type Markup } from '../markup.js';
import { percent } from '../../words/percent.js';
import { count } from '../../words/numbers.js';
import { table, type Cell } from '../table.js';
import type { Section } from './section.js';

/**
 * The figures of first attempts of every phase, beside those that the article printed if the scenario names the
 * article's table.
 */
export function measured(result: Result): Section {
  const compared = result.cases.some(({ published }) => published !== null);
  const sentences = explanationSentences(result);
  return {
    id: 'measured',
    title: compared ? 'Measured beside published' : 'Measured',
    content: [
      figuresTable(result.cases, compared),
      compared ? html`<div class="panels">${result.cases.map(besidePanel)}</div>` : null,
      sentences.length === 0
        ? null
        : html`<ul>
            ${sentences.map((one) => html`<li>${one}</li>`)}
          </ul>`,
      source(result.cases),
    ],
  };
}

function figuresTable(cases: readonly CaseResult[], compared: boolean): Markup {
  const columns = [
    { head: 'case' },
    { head: 'phase' },
    { head: 'requests', title: 'transactions started', figures: true },
    { head: 'leases', title: 'N: answers that carried a lease', figures: true },
    { head: 'distinct', title: 'D: distinct leases in them', figures: true },
    { head: 'duplicates', title: 'd: leases given to two or more different clients', figures: true },
    { head: 'dup %', title: '100 · d / N', figures: true },
    { head: 'app %', title: 'appearance, 100 · d / D', figures: true },
    ...(compared ? [{ head: 'published', title: 'd/N, dup %, app %' }, { head: 'compared' }] : []),
  ];
  const rows = cases.flatMap((one, caseIndex) =>
    one.phases.map((phase, phaseIndex) => [
      one.name,
      phaseLabel(one, phase),
      ...figureCells(phase, phasePath(caseIndex, phaseIndex)),
      ...(compared ? publishedCells(one, phase) : []),
    ]),
  );
  return html`${table({ label: 'First attempts of every phase, all servers together', columns, rows })}
    <p class="note">
      First attempts, all servers together. An offer commits nothing, so duplicates among offers are by
      design; those of the phase that gives the lease are not.${
        compared
          ? ' Published: duplicate leases / leases, then dup % and app %, as the article printed them, rounded down.'
          : ''
      }
    </p>`;
}

function figureCells({ firstAttempt: f, committing }: PhaseResult, path: string): Cell[] {
  const at = (name: string) => `${path}.firstAttempt.${name}`;
  return [
    { shown: count(f.requests), value: f.requests, path: at('requests') },
    { shown: count(f.responses), value: f.responses, path: at('responses') },
    { shown: count(f.distinctLeases), value: f.distinctLeases, path: at('distinctLeases') },
    {
      shown: count(f.duplicateLeases),
      value: f.duplicateLeases,
      path: at('duplicateLeases'),
      bad: committing && f.duplicateLeases > 0,
    },
    { shown: percent(f.duplicatePercent), value: f.duplicatePercent, path: at('duplicatePercent') },
    { shown: percent(f.appearancePercent), value: f.appearancePercent, path: at('appearancePercent') },
  ];
}

/** The published figures of a phase. The article printed its percentages rounded down. */
function publishedCells({ published }: CaseResult, { name }: PhaseResult): Cell[] {
  const compared = published?.phases.find(({ phase }) => phase === name);
  if (compared === undefined) return ['', ''];
  const { duplicateLeases, responses, duplicatePercent, appearancePercent } = compared.published;
  const appearance = appearancePercent === null ? '' : `, ${appearancePercent}%`;
  const { sign, text } = COMPARISON_TEXT[compared.word];
  return [
    `${duplicateLeases}/${responses}, ${duplicatePercent}%${appearance}`,
    html`<span class="${compared.word}">${sign}${text}</span>`,
  ];
}

/**
 * Measured and published percentages of the offering phase. A chart of the committing phase would show only zeros.
 */
function besidePanel({ name, phases, published }: CaseResult): Content {
  const [first] = phases;
  const compared = published?.phases.find(({ phase }) => phase === first?.name)?.published;
  if (first === undefined || compared === undefined) return null;
  const pairs = [
    pairOf('duplicates', first.firstAttempt.duplicatePercent, compared.duplicatePercent),
    pairOf('appearance', first.firstAttempt.appearancePercent, compared.appearancePercent),
  ];
  const title = `${name} ${first.name}`;
  return panel(
    title,
    besideChart(`${title}: measured beside published percentages`, pairs),
    besideLegend({ now: 'measured', before: 'published' }),
  );
}

function pairOf(label: string, measured: number | null, published: number | null): Pair {
  const reading = (value: number | null) => (value === null ? null : { value, from: value, to: value });
  return {
    label,
    said: `measured ${percent(measured)}, published ${percent(published)}`,
    now: reading(measured),
    before: reading(published),
  };
}

function source(cases: readonly CaseResult[]): Content {
  const sources = [...new Set(cases.flatMap(({ published }) => published?.source ?? []))];
  return sources.length === 0 ? null : html`<p class="note">Published: ${sources.join('; ')}.</p>`;
}
