import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import type { CaseState } from '../fold/case-state.js';

/** The check for clients with host reservations: each gets its own lease, and nobody else gets it. */
export function reservedChecks(states: readonly Pick<CaseState, 'layout' | 'reserved'>[]): Check[] {
  return states.flatMap(({ layout, reserved }): Check[] => {
    if (reserved === undefined) return [];
    const { judged, wrong, shown } = reserved;
    const more = wrong > shown.length ? `; and ${wrong - shown.length} more` : '';
    return [
      {
        name: 'conformance.reserved' satisfies CheckName,
        case: layout.name,
        phase: '',
        expected: 'every client with a reservation gets its lease, and no other client does',
        actual:
          judged === 0
            ? 'no answer to judge'
            : wrong === 0
              ? `0 of ${judged} answers`
              : `${wrong} of ${judged} answers: ${shown.join('; ')}${more}`,
        verdict: wrong > 0 ? 'fail' : judged === 0 ? 'inconclusive' : 'pass',
        count: { found: wrong, of: judged },
      },
    ];
  });
}
