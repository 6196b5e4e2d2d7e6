import type { CaseResult } from '../../../results/case.js';
import type { Result } from '../../../results/result.js';
import type { PhaseResult } from '../../../results/phase.js';
import { barChart, type Bar } from '../charts/bars.js';
import { panel } from '../charts/svg.js';
import { phaseLabel } from '../../words/phase-label.js';
import { html, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import type { Section } from './section.js';

/** The most bars of a chart. The last bar adds up the leases that even more clients shared. */
const BARS_SHOWN = 9;

/** How many leases went to one client, to two clients, and so on. */
export function sharing({ cases }: Result): Section {
  return {
    id: 'sharing',
    title: 'How many clients shared each lease',
    content: [
      html`<div class="panels">${cases.map(casePanel)}</div>`,
      html`<p class="note">
        Leases by the number of different clients that were given them, first attempts. Hatched: duplicates.
      </p>`,
    ],
  };
}

function casePanel(one: CaseResult): Markup {
  const groups = one.phases.map((phase) => ({ title: phaseLabel(one, phase), bars: bars(phase) }));
  return panel(one.name, barChart(`${one.name}: leases by the number of clients that shared them`, groups));
}

function bars({ firstAttempt, committing }: PhaseResult): Bar[] {
  const counts = Object.entries(firstAttempt.sharing)
    .map(([clients, leases]) => ({ clients: Number(clients), leases }))
    .sort((a, b) => a.clients - b.clients);
  if (counts.length === 0)
    return [{ label: 'none', value: 0, shown: '0', title: 'no lease was given', look: 'plain' }];
  const shown = counts
    .slice(0, BARS_SHOWN)
    .map(({ clients, leases }) => bar(clients, '', leases, committing));
  const rest = counts.slice(BARS_SHOWN);
  const [next] = rest;
  if (next === undefined) return shown;
  const leases = rest.reduce((sum, one) => sum + one.leases, 0);
  return [...shown, bar(next.clients, ' or more', leases, committing)];
}

function bar(clients: number, more: string, leases: number, committing: boolean): Bar {
  const look = clients < 2 ? 'plain' : committing ? 'alarming' : 'hatched';
  const label = more === '' ? plural(clients, 'client') : `${clients}+ clients`;
  const to = more === '' ? plural(clients, 'client') : `${clients}${more} clients`;
  return {
    label,
    value: leases,
    shown: count(leases),
    title: `${plural(leases, 'lease')} given to ${to}`,
    look,
  };
}
