import type { Accompanying, RunAudit } from './audit.js';
import type { CaseJudgement } from './case.js';
import type { Check, Reproduction, Verdict } from './check.js';
import type { RunCause } from './causes.js';
import type { ClocksJudgement } from './clocks.js';
import type { CommitsJudgement } from './commits.js';
import type { FaultsJudgement } from './faults.js';
import type { ResourceFigures, Shortage } from './resources.js';
import type { TransportFigures } from './transport.js';
import type { SocketFigures } from './result.js';

/**
 * What `judge` finds; plain data. Its parts have the schemas of a result. Times are microseconds since the run's start
 * unless a name says otherwise. Percentages are exact.
 */
export interface Judgement {
  /** The verdict on conformance: the worst of `checks`. */
  verdict: Verdict;
  /** The verdict on reproduction; null where the scenario expects no figures. */
  reproduction: Reproduction | null;
  interruptedBy: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | null;
  cases: CaseJudgement[];
  /** Every check, also those that hold. */
  checks: Check[];
  /** Null where there are no lease tables to audit. */
  audit: RunAudit | null;
  /** What the nodes' binary logs say; absent where none was read. */
  commits?: CommitsJudgement;
  /** What is known of the servers' times; absent where there are no lease tables to audit. */
  clocks?: ClocksJudgement;
  /** The known causes whose evidence is in the run. */
  causes?: readonly RunCause[];
  /** The datagrams lost at each socket of the run; empty where nobody counted them. */
  sockets: SocketFigures[];
  /** What the load used of the machine; null where nobody measured it. */
  resources: ResourceFigures | null;
  /** How the load's datagrams left and arrived; absent where this program did not drive the load. */
  transport?: TransportFigures;
  /** What faults did; absent for a run without faults. */
  faults?: FaultsJudgement;
  /** What was short, if a check on the load does not hold or too many answers were missing; else empty. */
  short: Shortage[];
  /** What the logs and the nodes said; null where nothing of them is known. */
  accompanying: Accompanying | null;
}
