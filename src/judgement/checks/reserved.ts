import { counted, outOf } from '../../numbers.js';
import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import type { CaseState } from '../fold/case-state.js';

/** The check for clients with host reservations: they get no other lease, and nobody else gets theirs. */
export function reservedChecks(states: readonly Pick<CaseState, 'layout' | 'reserved'>[]): Check[] {
  return states.flatMap(({ layout, reserved }): Check[] => {
    if (reserved === undefined) return [];
    const { judged, wrong, shown, served, clients } = reserved;
    const more = wrong > shown.length ? `; and ${wrong - shown.length} more` : '';
    return [
      {
        name: 'conformance.reserved' satisfies CheckName,
        case: layout.name,
        phase: '',
        expected:
          'every client with a reservation gets its lease and no other, and nobody else gets a reserved one',
        actual:
          wrong === 0
            ? `0 of ${counted(judged, 'answer', 'answers')}; ${outOf(served, clients)} clients got their lease`
            : `${wrong} of ${judged} answers: ${shown.join('; ')}${more}`,
        // A client that got nothing shows nothing: its lease may have been refused to it.
        verdict: wrong > 0 ? 'fail' : served < clients ? 'inconclusive' : 'pass',
        count: { found: wrong, of: judged },
      },
    ];
  });
}
