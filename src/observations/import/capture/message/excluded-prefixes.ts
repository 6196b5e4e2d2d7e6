import type { CaseLayout } from '../../../observation.js';
import { hex, type Given } from './dhcp-message.js';

type Excluded = NonNullable<CaseLayout['excluded']>[number];

/**
 * The prefixes that are excluded from delegated prefixes (RFC 6603), by case. For each delegated prefix the latest
 * answer counts.
 */
export class ExcludedPrefixes {
  readonly #cases = new Map<number, Map<string, Excluded>>();

  take(caseIndex: number, { lease, prefixLength, excluded }: Given): void {
    if (excluded === undefined) return;
    let its = this.#cases.get(caseIndex);
    if (its === undefined) this.#cases.set(caseIndex, (its = new Map<string, Excluded>()));
    its.set(`${hex(lease)}/${prefixLength}`, [{ prefix: lease, prefixLength }, excluded]);
  }

  in(caseIndex: number): readonly Excluded[] {
    return [...(this.#cases.get(caseIndex)?.values() ?? [])];
  }
}
