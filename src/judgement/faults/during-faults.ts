import type { Evidence } from '../../evidence/evidence.js';
import type { FaultsEvidence } from '../../evidence/faults.js';
import type { Answer } from '../../observations/observation.js';
import { RENEWING_PHASES } from '../../protocol/phases.js';
import type { FaultFigures } from '../../results/faults.js';
import type { CaseParts } from '../fold/case-parts.js';
import { concernedSpans, isIn, minoritySpans, nodeOf, type Span } from './windows.js';

/** What the clients of one case saw during the faults of a run. */
export class DuringFaults {
  /** Leases that were committed outside the primary component, and renewals that were. */
  readonly minority = { commits: 0, renewals: 0 };
  /**
   * Clients whose request for a lease was refused by a server that a fault concerned. The server may have stored the
   * lease all the same: it refuses if it loses its node before the commit is confirmed.
   */
  readonly refused = new Set<number>();
  readonly #state: CaseParts;
  readonly #faults: FaultsEvidence;
  readonly #names: readonly string[];
  readonly #concerned: readonly (readonly Span[])[];
  readonly #outside: readonly (readonly Span[])[];
  /** By fault and server. */
  readonly #seen: readonly (readonly ServerSeen[])[];

  constructor(state: CaseParts, faults: FaultsEvidence, evidence: Pick<Evidence, 'system'>) {
    const { name, servers } = state.layout;
    this.#state = state;
    this.#faults = faults;
    this.#names = servers.map((server) => `${name} ${server}`);
    this.#concerned = this.#names.map((one) => concernedSpans(faults, one));
    this.#outside = this.#names.map((one) => minoritySpans(faults, nodeOf(evidence, one)));
    this.#seen = faults.faults.map(() => servers.map(() => new ServerSeen()));
  }

  /** A server refused a request for a lease. */
  refusedBy({ client, fromServer, receivedAtUs }: Answer): void {
    if (isIn(this.#concerned[fromServer] ?? [], receivedAtUs)) this.refused.add(client);
  }

  /**
   * A committing answer gave this lease.
   *
   * @param requestedAtUs the latest sending of its request; NaN where nobody knows
   */
  granted(answer: Answer, lease: number, requestedAtUs: number): void {
    const { fromServer, receivedAtUs } = answer;
    for (const [index, { beganAtUs, undoBeganAtUs }] of this.#faults.faults.entries())
      if (beganAtUs !== null) this.#seen[index]?.[fromServer]?.gave(receivedAtUs, beganAtUs, undoBeganAtUs);
    // The request came after the cut, and its answer before the end of it: the commit lies in between.
    const outside = this.#outside[fromServer] ?? [];
    const isOutside = outside.some(
      ({ fromUs, untilUs }) => fromUs <= requestedAtUs && receivedAtUs <= untilUs,
    );
    if (!isOutside) return;
    if (RENEWING_PHASES.has(answer.phase)) {
      this.minority.renewals++;
      return;
    }
    this.minority.commits++;
    this.#state.witnesses.add('minority-commit', () => {
      const text = this.#state.leases.text(lease);
      const server = this.#state.layout.servers[fromServer] ?? '';
      const holder = {
        client: answer.client,
        server,
        lease: text,
        fromUs: requestedAtUs,
        untilUs: receivedAtUs,
      };
      return { phase: answer.phase, lease: text, otherLease: null, holders: [holder] };
    });
  }

  /** What the clients of each server saw of one fault. */
  servers(fault: number): FaultFigures['servers'] {
    return this.#names.map((server, index) => ({
      server,
      ...(this.#seen[fault]?.[index] ?? new ServerSeen()).figures,
    }));
  }
}

/** The leases that one server gave around one fault. */
class ServerSeen {
  #leases = 0;
  #lastAtUs: number | undefined;
  #longestUs: number | undefined;
  #firstAfterUs: number | undefined;

  gave(atUs: number, beganAtUs: number, undoBeganAtUs: number | null): void {
    if (atUs >= beganAtUs && this.#firstAfterUs === undefined) {
      this.#longestUs = Math.max(this.#longestUs ?? 0, atUs - Math.max(this.#lastAtUs ?? 0, beganAtUs));
      if (undoBeganAtUs === null || atUs < undoBeganAtUs) this.#leases++;
      else this.#firstAfterUs = atUs - undoBeganAtUs;
    }
    this.#lastAtUs = atUs;
  }

  get figures(): Omit<FaultFigures['servers'][number], 'server'> {
    const ms = (us: number | undefined): number | null => (us === undefined ? null : Math.round(us / 1_000));
    return {
      leases: this.#leases,
      longestGapMs: ms(this.#longestUs),
      firstLeaseAfterMs: ms(this.#firstAfterUs),
    };
  }
}
