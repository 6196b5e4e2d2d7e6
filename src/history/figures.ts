import type { Check } from '../results/check.js';
import type { LeanResult } from './lean-result.js';
import { HISTORY_LINES } from './lines.js';
import type { TrendFigures } from './trend-schema.js';

/**
 * The figures of each line in the charts. A case whose messages lease addresses and prefixes has a line for each
 * type.
 */
export function figuresOf({ cases }: LeanResult): TrendFigures[] {
  return cases.flatMap((one) => {
    const types = [...new Set(one.phases.map(({ leaseType }) => leaseType))];
    return types.map((type): TrendFigures => {
      const phases = one.phases.filter(({ leaseType }) => leaseType === type);
      return {
        line: types.length > 1 ? `${one.name} ${type}` : one.name,
        ...Object.fromEntries(HISTORY_LINES.map(({ key, value }) => [key, value(one, phases)])),
      };
    });
  });
}

/** Such as `Kea 2.2.0 → 2.6.3`. A version that only one of the runs records is no change. */
export function changesOf(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(after).flatMap(([name, version]) => {
    const old = before[name];
    return old === undefined || old === version ? [] : [`${name} ${old || '?'} → ${version || '?'}`];
  });
}

const CHECKS_NAMED = 3;

/**
 * What a run did not keep, such as `conformance.heldConcurrently (dhcp4 REQUEST-ACK)`: the first broken checks, each named once. If no
 * check is broken: the expected figures that are outside, or the premises that were not kept.
 */
export function whyOf(result: LeanResult): string {
  const broken = brokenIn(result);
  const places = new Map<string, string[]>();
  for (const { name, case: of, phase } of broken.slice(0, CHECKS_NAMED)) {
    const place = [of, phase].filter((word) => word !== '').join(' ');
    places.set(name, [...(places.get(name) ?? []), ...(place === '' ? [] : [place])]);
  }
  const named = [...places].map(([name, at]) => (at.length === 0 ? name : `${name} (${at.join(', ')})`));
  const more = broken.length - CHECKS_NAMED;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function brokenIn({
  checks,
  outcome,
  verdict,
  reproduction,
}: LeanResult): Pick<Check, 'name' | 'case' | 'phase'>[] {
  // A negative control may fail as intended, and all the same not tell.
  if (outcome === 'inconclusive') return checks.filter((check) => check.verdict === outcome);
  if (verdict !== 'pass') return checks.filter((check) => check.verdict === verdict);
  if (reproduction?.verdict === 'not reproduced')
    return reproduction.figures.filter((figure) => figure.verdict === 'fail');
  const open = (rows: readonly Check[] = []) => rows.filter((row) => row.verdict !== 'pass');
  const premises = open(reproduction?.premises);
  return premises.length > 0 ? premises : open(reproduction?.figures);
}
