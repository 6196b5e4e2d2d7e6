import { CAUSE_IDS, EXPLAINED_BY, explains } from '../known-causes.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';

/** Known failures that contradict the rest of the scenario. */
export function findKnownContradictions(scenario: Scenario): Finding[] {
  return [...ofControls(scenario), ...repeated(scenario), ...unexplained(scenario)];
}

function ofControls({ expect, knownFailures }: Scenario): Finding[] {
  if (expect === 'pass' || knownFailures.length === 0) return [];
  return [
    {
      path: ['knownFailures'],
      related: [['expect']],
      at: 'value',
      message: 'knownFailures only goes with expect: pass, but expect is fail',
      hint: 'a negative control fails by construction: name its checks in expectedFailures; else set expect: pass',
    },
  ];
}

function repeated({ knownFailures }: Scenario): Finding[] {
  return knownFailures.flatMap(({ check, cause }, index) => {
    const first = knownFailures.findIndex((other) => other.check === check && other.cause === cause);
    if (first === index) return [];
    return [
      {
        path: ['knownFailures', index],
        related: [['knownFailures', first]],
        at: 'value' as const,
        message: `knownFailures names ${check} by ${cause} twice`,
      },
    ];
  });
}

function unexplained({ knownFailures }: Scenario): Finding[] {
  return knownFailures.flatMap(({ check, cause }, index) => {
    if (explains(cause, check)) return [];
    const others = CAUSE_IDS.filter((id) => explains(id, check));
    const checks = EXPLAINED_BY[cause];
    return [
      {
        path: ['knownFailures', index, 'cause'],
        related: [['knownFailures', index, 'check']],
        at: 'value' as const,
        message: `knownFailures.${index}.cause: ${cause} does not explain ${check}`,
        hint:
          others.length > 0
            ? `${check} is explained by ${others.join(', ')}`
            : `no known cause explains ${check}; ${cause} explains ${checks.length === 0 ? 'no check that may fail: it is shown with the figures that it explains' : checks.join(', ')}`,
      },
    ];
  });
}
