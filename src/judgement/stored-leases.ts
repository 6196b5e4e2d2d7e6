import type { ClocksJudgement } from '../results/clocks.js';
import type { CommitsJudgement } from '../results/commits.js';
import type { Scenario } from '../scenario/schema.js';
import { audit, type Audited } from './audit/audit.js';
import type { AuditInput, NoAudit } from './audit/input.js';
import { clockOf } from './audit/tables/lifetimes.js';
import { judgeClocks } from './clocks/clocks.js';
import { judgeCommits } from './commits/commits.js';
import type { CommitsInput } from './commits/input.js';
import { NOBODY_KNOWS, storedForClients, type StoredFor } from './commits/stored-for.js';
import type { CaseState } from './fold/case-state.js';

export interface StoredInput {
  audit?: AuditInput | NoAudit | undefined;
  commits?: CommitsInput | undefined;
  scenario: Pick<Scenario, 'limits'> & Partial<Pick<Scenario, 'external'>>;
  /** Whether every answer that was given is among the observations. */
  observedAll: boolean;
}

/** What the nodes tell of the leases: their tables, the history of their commits, and the clocks of their servers. */
export interface JudgedStored {
  audited?: Audited;
  commits?: CommitsJudgement;
  clocks?: ClocksJudgement;
}

/** Judges what the nodes tell, against what the clients were told. */
export class StoredLeases {
  readonly #states: readonly CaseState[];
  readonly #input: StoredInput;
  readonly #audit: AuditInput | undefined;
  /** By the harness's time. */
  readonly #commits: CommitsJudgement | undefined;

  constructor(states: readonly CaseState[], input: StoredInput) {
    const { audit: about } = input;
    this.#states = states;
    this.#input = input;
    // Without the tables nobody knows whose a row is.
    this.#audit = about === undefined || 'notMade' in about ? undefined : about;
    this.#commits = this.#judgeCommits(0);
  }

  /** What the nodes stored for a client that no answer told of it. */
  get storedFor(): StoredFor {
    const [input, judged, about] = [this.#input.commits, this.#commits, this.#audit];
    if (input === undefined || judged === undefined || about === undefined) return NOBODY_KNOWS;
    const { zeroUnixUs } = clockOf(about.system);
    return storedForClients(input, judged, { ...about, states: this.#states, zeroUnixUs });
  }

  /**
   * Judges by the time that all servers have. Most have that of the harness, and then one pass over the tables is
   * enough.
   *
   * @param leasesToShow leases whose rows are wanted besides those of the findings, such as the leases of witnesses
   */
  judged(leasesToShow: readonly string[]): JudgedStored {
    const about = this.#audit;
    if (about === undefined) return {};
    const { limits, external } = this.#input.scenario;
    const audited = audit(about, this.#states, leasesToShow);
    const clocks = judgeClocks({
      system: about.system,
      states: this.#states,
      rows: audited.clocks,
      audits: audited.cases,
      limitMs: limits.maxClockDifferenceMs,
      isExternal: external !== undefined,
    });
    const aheadUs = (clocks.aheadMs ?? 0) * 1_000;
    const commits = aheadUs === 0 ? this.#commits : this.#judgeCommits(aheadUs);
    return {
      clocks,
      audited: aheadUs === 0 ? audited : audit({ ...about, aheadUs }, this.#states, leasesToShow),
      ...(commits === undefined ? {} : { commits }),
    };
  }

  #judgeCommits(aheadUs: number): CommitsJudgement | undefined {
    const { commits, observedAll } = this.#input;
    if (commits === undefined || this.#audit === undefined) return undefined;
    const { system, offerLifetime = 0 } = this.#audit;
    const toldOfAll = observedAll && offerLifetime === 0;
    return judgeCommits(commits, system, this.#audit, this.#states, { toldOfAll, aheadUs });
  }
}
