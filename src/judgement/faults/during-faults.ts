import type { Evidence } from '../../evidence/evidence.js';
import type { FaultsEvidence } from '../../evidence/faults.js';
import type { Answer, Sent } from '../../observations/observation.js';
import { RENEWING_PHASES, SEEKING_PHASES } from '../../protocol/phases.js';
import type { CaseFaultFigures, ServedOverTime, ServerDuringFault } from '../../results/faults.js';
import type { CaseParts } from '../fold/case-parts.js';
import { Attempts } from './serving/attempts.js';
import { AttemptsByFault } from './serving/attempts-by-fault.js';
import { AttemptsOverTime } from './serving/attempts-over-time.js';
import { Availability } from './serving/availability.js';
import { AnswersOutside } from './outside/answers.js';
import { ServingAgain } from './serving/serving-again.js';
import { isIn, type Span } from './span.js';
import {
  activeAt,
  databaseSpans,
  effectsOf,
  faultsOfLease,
  nodeOf,
  notReadySpans,
  withoutDatabaseSpans,
  type FaultsOfLease,
} from './windows.js';

/** What the clients of one case saw during the faults of a run. */
export class DuringFaults {
  readonly outside: AnswersOutside;
  /**
   * Clients whose request for a lease was refused by a server that a fault may have kept from its database. The server may have stored the
   * lease all the same: it refuses if it loses its node before the commit is confirmed.
   */
  readonly refused = new Set<number>();
  readonly #state: CaseParts;
  readonly #faults: FaultsEvidence;
  readonly #effects: ReturnType<typeof effectsOf>;
  readonly #names: readonly string[];
  readonly #mayLackDatabase: readonly (readonly Span[])[];
  readonly #withoutDatabase: readonly (readonly Span[])[];
  #renewalsRefused = 0;
  /** By client and lease. */
  readonly #stillStored = new Set<string>();
  /** By server. */
  readonly #availability: readonly Availability[];
  readonly servingAgain: readonly ServingAgain[];
  readonly #attempts: Attempts;
  readonly #overTime: AttemptsOverTime;
  readonly #byFault: AttemptsByFault;

  constructor(state: CaseParts, faults: FaultsEvidence, evidence: Pick<Evidence, 'system'>) {
    const { name, servers } = state.layout;
    this.#state = state;
    this.#faults = faults;
    this.#effects = effectsOf(faults);
    this.#names = servers.map((server) => `${name} ${server}`);
    this.#mayLackDatabase = this.#names.map((one) => databaseSpans(faults, one));
    this.#withoutDatabase = this.#names.map((one) =>
      withoutDatabaseSpans(faults, one, nodeOf(evidence, one)),
    );
    this.outside = new AnswersOutside(state, faults, evidence, this.#names);
    this.#availability = this.#names.map((one) => new Availability(faults, one, nodeOf(evidence, one)));
    this.servingAgain = this.#names.map(
      (one) => new ServingAgain(faults.faults, one, notReadySpans(faults, nodeOf(evidence, one))),
    );
    this.#overTime = new AttemptsOverTime(servers.length, faults.loadBeganAtUs ?? 0);
    this.#byFault = new AttemptsByFault(servers.length, faults.faults);
    this.#attempts = new Attempts([this.#overTime, this.#byFault]);
  }

  /** A client sends a message. */
  sent(sent: Sent): void {
    this.#attempts.sent(sent);
    if (!SEEKING_PHASES.has(sent.phase)) return;
    this.#availability[sent.server]?.asked(sent.sentAtUs);
    this.servingAgain[sent.server]?.asked(sent.sentAtUs);
  }

  /** A server offers a lease or gives one. */
  offeredOrGave({ fromServer, receivedAtUs }: Pick<Answer, 'fromServer' | 'receivedAtUs'>): void {
    this.servingAgain[fromServer]?.served(receivedAtUs);
  }

  /** A server refused a request for a lease. */
  refusedBy({ client, fromServer, receivedAtUs }: Answer): void {
    if (isIn(this.#mayLackDatabase[fromServer] ?? [], receivedAtUs)) this.refused.add(client);
  }

  /**
   * A server refused to prolong these leases, to which its client has a right.
   *
   * @returns whether the server had no database. It then knows no lease, and that is a figure of the fault.
   */
  renewalRefused(
    { client, fromServer, receivedAtUs }: Omit<Answer, 'lease'>,
    leases: readonly number[],
  ): boolean {
    if (!isIn(this.#withoutDatabase[fromServer] ?? [], receivedAtUs)) return false;
    this.#renewalsRefused++;
    for (const lease of leases) this.#stillStored.add(`${client} ${lease}`);
    return true;
  }

  /**
   * Whether a lease must still be stored although its client no longer holds it, until its lifetime is over: a server
   * refused to prolong it when it had no database.
   */
  mustBeStored(client: number, lease: number): boolean {
    return this.#stillStored.has(`${client} ${lease}`);
  }

  /**
   * A committing answer gave this lease.
   *
   * @param requestedAtUs the first sending of its request; NaN where nobody knows
   */
  granted(answer: Answer, lease: number, requestedAtUs: number): void {
    const { fromServer, receivedAtUs, transaction, phase } = answer;
    // A client that has begun anew ignores the answer.
    const isInTime = transaction >= 0 && !this.#state.transactions.isLate(transaction);
    if (isInTime) this.#attempts.granted(answer);
    if (isInTime && !RENEWING_PHASES.has(phase)) this.#availability[fromServer]?.gave(receivedAtUs);
    this.outside.granted(answer, lease, requestedAtUs, () => this.activeAt(receivedAtUs));
  }

  /** The faults that were active at a moment, by their places in the list. */
  activeAt(atUs: number): number[] {
    return activeAt(this.#effects, atUs);
  }

  /** The faults that may have cost a client a lease that it was told of at this moment. */
  faultsOfLease(atUs: number): FaultsOfLease {
    return faultsOfLease(this.#effects, atUs);
  }

  /** What the clients of each server saw of one fault. */
  servers(fault: number): ServerDuringFault[] {
    this.#attempts.end();
    return this.#availability.map((one, server) => ({
      server: this.#names[server] ?? '',
      ...this.#byFault.of(fault, server),
      ...one.of(fault, this.#faults.loadBeganAtUs ?? 0),
    }));
  }

  /** How many clients each server served over time. */
  get served(): ServedOverTime[] {
    return this.#overTime.figures(this.#names);
  }

  /** The figures that the observations alone tell. */
  get figures(): Omit<CaseFaultFigures, 'lostLeases'> {
    const waits = this.#availability.map(({ longestMs }) => longestMs);
    const recovered = this.#availability.flatMap(({ recoveredMs }) => recoveredMs);
    return {
      unavailableMs: longest(waits.map(({ others }) => others)),
      ownUnavailableMs: longest(waits.map(({ own }) => own)),
      recoveredMs: recovered.includes(null) ? null : longest(recovered),
      ...this.outside.figures,
      renewalsRefused: this.#renewalsRefused,
    };
  }
}

/** Null where there is none. */
function longest(all: readonly (number | null)[]): number | null {
  const known = all.filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.max(...known);
}
