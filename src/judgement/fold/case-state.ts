import { REBOOT_PHASES, type Phase } from '../../protocol/phases.js';
import type { CaseLayout, Observation } from '../../observations/observation.js';
import { Acknowledged } from '../holdings/acknowledged.js';
import { assertInLayout, strange } from './layout-check.js';
import type { CaseParts, HolderRef } from './case-parts.js';
import { Clients } from './clients.js';
import type { Evidence } from '../../evidence/evidence.js';
import { DuringFaults } from '../faults/during-faults.js';
import { Awaited } from '../holdings/possible/awaited.js';
import { latestUs, longestUs } from '../faults/windows.js';
import { GivenBack } from '../holdings/returns/releases-and-declines.js';
import type { Grant, Holdings } from '../holdings/holdings.js';
import { LatencySeries } from '../time/latency-series.js';
import type { Ledger } from '../holdings/ledger.js';
import type { LeaseIndex } from '../holdings/leases.js';
import { PhaseFold } from './count-phase.js';
import { Reserved } from './reserved.js';
import { serverName } from '../checks/server-name.js';
import type { SystemEvidence } from '../../evidence/system.js';
import type { LeaseType } from '../../protocol/leases.js';
import { Renewals } from '../holdings/renewals.js';
import { Schedule } from '../time/schedule.js';
import { Series } from '../time/series.js';
import { Traffic } from '../checks/traffic.js';
import { Transactions } from './transactions.js';
import { UnansweredRequests } from './unanswered-requests.js';
import { WitnessList } from './witnesses.js';

/** The place of a case among the other cases of the layout. */
export interface CasePlace {
  ledger: Ledger;
  caseIndex: number;
  /** The number of the binding of the case's client 0. The bindings of its other clients follow. */
  firstHolder: number;
}

/**
 * What the observations of one case add up to. It keeps numbers for each transaction, lease and client, and no
 * observation.
 */
export class CaseState implements CaseParts {
  readonly layout: CaseLayout;
  readonly transactions = new Transactions();
  /** The ledger of the case's network, shared with the other cases of that network. */
  readonly ledger: Ledger;
  readonly leases: LeaseIndex;
  readonly holdings: Holdings;
  /** The number of the case in the layout. */
  readonly caseIndex: number;
  /** The number of the binding of client 0, for sources that tell no finer bindings. */
  readonly #firstHolder: number;
  readonly clients = new Clients();
  readonly acknowledged = new Acknowledged();
  /** Requests for an offer. A server that stores what it offers (`offer-lifetime`) may have stored a lease all the same. */
  readonly unansweredForOffer = new UnansweredRequests();
  /** Requests for a lease. The client does not know what the server did about one that was never answered. */
  readonly unansweredForLease = new UnansweredRequests();
  /** Of clients that booted again: they can prolong the lease that they name, and give no other. */
  readonly #unansweredAfterBoot = new UnansweredRequests();
  readonly schedule = new Schedule();
  readonly series = new Series();
  readonly latencySeries = new LatencySeries();
  readonly givenBack: GivenBack;
  readonly renewals = new Renewals(this);
  /** What clients wait for an answer to; servers may have given that without an answer. */
  readonly awaited = new Awaited(this);
  readonly traffic: Traffic;
  /** Absent for a run without faults. */
  readonly duringFaults: DuringFaults | undefined;
  /** The witnesses that a single answer shows. */
  readonly witnesses: WitnessList;
  readonly witnessesPerKind: number;
  /** Absent where no client has a reservation. */
  readonly reserved: Reserved | undefined;
  committingLeases = 0;
  /** Time of the last observation, microseconds. */
  lastAtUs = 0;
  #latest: PhaseFold | undefined;
  readonly #phases = new Map<Phase, PhaseFold>();

  /**
   * @param witnessesPerKind how many witnesses of each kind are described; the rest are counted
   * @param evidence what faults did, if there were any
   * @param reservedClients how many clients have a lease reserved
   * @param probationS for how many seconds servers give a declined lease to nobody; undefined where nobody knows
   */
  constructor(
    layout: CaseLayout,
    { ledger, caseIndex, firstHolder }: CasePlace,
    witnessesPerKind: number,
    probationS: number | undefined,
    evidence?: Pick<Evidence, 'faults' | 'system'>,
    reservedClients = 0,
  ) {
    this.layout = layout;
    this.ledger = ledger;
    this.leases = ledger.leases;
    this.holdings = ledger.holdings;
    this.caseIndex = caseIndex;
    this.#firstHolder = firstHolder;
    this.givenBack = new GivenBack(
      this,
      probationS,
      evidence?.faults === undefined
        ? undefined
        : { stalledUs: longestUs(evidence.faults), lateUs: latestUs(evidence.faults) },
    );
    this.witnessesPerKind = witnessesPerKind;
    this.witnesses = new WitnessList(witnessesPerKind);
    this.traffic = new Traffic(layout.servers.length);
    this.duringFaults =
      evidence?.faults === undefined ? undefined : new DuringFaults(this, evidence.faults, evidence);
    this.reserved = reservedOf(this, evidence?.system, reservedClients);
    for (const phase of layout.phases) this.phase(phase);
  }

  /** The phases in the order of their numbers. */
  get phases(): readonly PhaseFold[] {
    return [...this.#phases.values()];
  }

  phase(phase: Phase): PhaseFold {
    // Each observation asks more than once, and an answer mostly comes after its request.
    if (this.#latest?.phase === phase) return this.#latest;
    let fold = this.#phases.get(phase);
    if (fold === undefined) {
      fold = new PhaseFold(phase, this.#phases.size, this.layout.servers);
      this.#phases.set(phase, fold);
    }
    this.#latest = fold;
    return fold;
  }

  /** The requests like those of a phase; undefined where an unanswered one changes nothing. */
  unansweredIn({
    phase,
    committing,
    offering,
  }: Pick<PhaseFold, 'phase' | 'committing' | 'offering'>): UnansweredRequests | undefined {
    if (REBOOT_PHASES.has(phase)) return this.#unansweredAfterBoot;
    if (committing) return this.unansweredForLease;
    return offering ? this.unansweredForOffer : undefined;
  }

  /** Whether a server may have prolonged the client's lease, which the client then does not know. */
  mayBeProlonged(client: number): boolean {
    return this.unansweredForLease.has(client) || this.#unansweredAfterBoot.has(client);
  }

  /** The binding that an observation is about, and the client (numbered over all cases) whose binding it is. */
  holderOf({ client, holder, owner }: HolderRef): Pick<Grant, 'holder' | 'owner'> {
    const own = this.#firstHolder + client;
    return { holder: holder ?? own, owner: owner ?? own };
  }

  passTime(atUs: number): void {
    this.lastAtUs = Math.max(this.lastAtUs, atUs);
  }

  /**
   * @returns the transaction that an observation belongs to, or -1 for none
   * @throws HarnessError SOURCE for an observation that no run can have made
   */
  transactionOf(observation: Observation): number {
    const { transaction, client, server, attempt, phase } = observation;
    if (transaction < 0) return -1;
    assertInLayout(this.layout, transaction, client, server);
    const phaseNumber = this.phase(phase).number;
    if (!this.transactions.isBegun(transaction) && observation.type === 'sent') {
      this.transactions.begin(transaction, phaseNumber, server, attempt, client);
    } else if (!this.transactions.isOf(transaction, phaseNumber, server, attempt, client)) {
      throw strange(this.layout, observation);
    }
    return transaction;
  }
}

function reservedOf(
  { layout, leases }: CaseState,
  system: Pick<SystemEvidence, 'subnets'> | undefined,
  clients: number,
): Reserved | undefined {
  const subnet = system?.subnets.find((one) => one.case === layout.name);
  if (clients === 0 || subnet === undefined) return undefined;
  const types: LeaseType[] = [
    ...(subnet.pool === undefined ? [] : ['address' as const]),
    ...(subnet.prefixPool === undefined ? [] : ['prefix' as const]),
  ];
  return new Reserved(leases, subnet, types, clients, (server) => serverName(layout, server));
}
