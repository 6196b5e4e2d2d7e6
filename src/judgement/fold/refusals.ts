import type { Answer } from '../../observations/observation.js';
import { Column } from './columns.js';
import type { Refusals } from '../../results/phase.js';

/** RFC 8415 section 21.13. */
const STATUS_NAMES = [
  undefined,
  'UnspecFail',
  'NoAddrsAvail',
  'NoBinding',
  'NotOnLink',
  'UseMulticast',
  'NoPrefixAvail',
];
export const NO_BINDING = 3;

/** Why an answer gives no lease: `NAK`, a status code by name, `zero lifetime`, or `no lease`. */
export function refusalReason(answer: Answer): string {
  if (answer.kind === 'nak') return 'NAK';
  if (answer.statusCode !== 0) return STATUS_NAMES[answer.statusCode] ?? `status ${answer.statusCode}`;
  return answer.lease.length > 0 && answer.validLifetime === 0 ? 'zero lifetime' : 'no lease';
}

/** Refusals of one phase, and the clients whose first attempt they ended. */
export class RefusalCount {
  readonly #reasons = new Map<string, { firstAttempt: number; allAttempts: number }>();
  readonly #refusedFirst = new Column(Uint8Array);

  add(answer: Answer): void {
    const reason = refusalReason(answer);
    let count = this.#reasons.get(reason);
    if (count === undefined) this.#reasons.set(reason, (count = { firstAttempt: 0, allAttempts: 0 }));
    count.allAttempts++;
    if (answer.attempt !== 1) return;
    count.firstAttempt++;
    this.#refusedFirst.set(answer.client, 1);
  }

  /** @param servedLater whether a client was given a lease in an attempt after its first */
  figures(servedLater: (client: number) => boolean): Refusals {
    let clients = 0;
    let clientsServedLater = 0;
    this.#refusedFirst.view().forEach((refused, client) => {
      if (refused === 0) return;
      clients++;
      if (servedLater(client)) clientsServedLater++;
    });
    const reasons = [...this.#reasons].map(([reason, count]) => ({ reason, ...count }));
    return {
      reasons: reasons.sort((a, b) => b.allAttempts - a.allAttempts),
      clients,
      clientsServedLater,
      servedLaterPercent: clients === 0 ? null : (100 * clientsServedLater) / clients,
    };
  }
}
