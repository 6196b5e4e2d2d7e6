import { CommittedRun } from '../../../src/judgement/commits/commits.test-support.js';
import { familyOfPhase, PHASES } from '../../../src/protocol/phases.js';
import { resourcesOf } from '../../../src/judgement/machine/resources.test-support.js';
import { v4 } from '../../../src/judgement/synthetic.test-support.js';
import {
  faultedResult,
  FROZEN,
  KILLED,
  LOAD_BEGAN_S,
  NOT_DUE,
} from '../../../src/report/faults.test-support.js';
import type { HolderOfCase, SeenMessage } from '../../../src/report/html/input.js';
import { clientKey } from '../../../src/report/html/witnesses/shown.js';
import { hostileResults, resultsWith } from '../../../src/report/hostile.test-support.js';
import { reportPage } from '../../../src/report/html/page.js';
import {
  dhcp4AsPublished,
  dhcp6WithRefusals,
  FACTS,
  resultOf,
} from '../../../src/report/report.test-support.js';
import { buildResult } from '../../../src/report/result/build.js';
import type { CaseResult } from '../../../src/results/case.js';
import type { Result } from '../../../src/results/result.js';
import { controlResult } from '../../../src/suite/suite.test-support.js';
import { LONG, type PagesByName } from './made-page.js';

/** Pages of runs: as published, a control, with findings of every kind, with faults, and with texts that are hostile or long. */
export function runPages(): PagesByName {
  const results = {
    run: resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]),
    control: controlResult(),
    findings: withFindings(),
    faults: withFaults(),
    life: withLife(),
    ...numbered('hostile', hostileResults()),
    ...numbered('long', resultsWith(LONG)),
  };
  return Object.fromEntries(Object.entries(results).map(([name, result]) => [name, pageOf(result)]));
}

/** A case in whose charts over time every phase of a lease's life has a colour of its own. */
function withLife(): Result {
  const result = withFaults();
  const ofCase = ({ series, ...one }: CaseResult): CaseResult => {
    const latency = series?.latency;
    const [phase] = latency?.phases ?? [];
    if (!series || latency === undefined || phase === undefined)
      throw new Error('a case without latencies over time');
    const phases = PHASES.filter((name) => familyOfPhase(name) === 4).map((name) => ({
      ...phase,
      name,
    }));
    return { ...one, series: { ...series, latency: { ...latency, phases } } };
  };
  return { ...result, cases: result.cases.map(ofCase) };
}

function numbered(name: string, results: readonly Result[]): Record<string, Result> {
  return Object.fromEntries(results.map((result, index) => [`${name}-${index + 1}`, result]));
}

function pageOf(result: Result): string {
  const witnesses = result.cases.flatMap((one) => one.witnesses.map((each) => ({ ...each, case: one.name })));
  const messages = new Map(
    witnesses.flatMap((witness) =>
      witness.holders.map((holder) => [clientKey(witness.case, holder.client), messagesOf(holder)] as const),
    ),
  );
  return reportPage({ result, witnesses, witnessesOmitted: 5, messages });
}

/** A message of each look, the last one of which gives the client what it holds. */
function messagesOf({ fromUs, server, lease }: HolderOfCase): SeenMessage[] {
  const seen: [SeenMessage['phase'], SeenMessage['what']][] = [
    ['DISCOVER-OFFER', 'sent'],
    ['DISCOVER-OFFER', 'lease'],
    ['REQUEST-ACK', 'sent'],
    ['REQUEST-ACK', 'timeout'],
    ['REQUEST-ACK', 'wrong-client'],
    ['REQUEST-ACK', 'lease'],
  ];
  return seen.map(([phase, what], index) => ({
    ...{ phase, what, server, attempt: 1 },
    ...{ lease: what === 'lease' ? lease : '', atUs: (fromUs ?? 0) - 100_000 * (seen.length - 1 - index) },
  }));
}

/**
 * Two clients hold a lease. In between, the nodes gave a lease of one client to another one and back, and most leases were never
 * committed.
 */
function withFindings(): Result {
  const phases = ['DISCOVER-OFFER', 'REQUEST-ACK', 'RENEW-ACK', 'REBIND-ACK'] as const;
  const told = new CommittedRun('dhcp4', 6);
  for (const client of [0, 1, 2, 3, 4, 5]) told.run.lease(client, v4(Math.max(1, client)));
  const update = { kind: 'update' } as const;
  told.committed(11_500, told.row(2, '10.0.0.2'));
  told.committed(2_000_000, told.row(3, '10.0.0.2'), update);
  told.committed(3_000_000, told.row(2, '10.0.0.2'), update);
  told.run.at(4_000_000).ask(5, 1).timeout();
  const result = buildResult(FACTS, told.judgeCommits());
  const explained = { case: 'dhcp4', explains: 'committing.refusals.clients', text: 'so' };
  return {
    ...result,
    cases: result.cases.map((one) => withPhases(one, phases)),
    causes: [{ cause: 'no-retry', title: 'no retry', ...explained }],
    checks: result.checks.map((check, index) =>
      index === 0 ? { ...check, known: { cause: 'no-retry', text: 'so' } } : check,
    ),
  };
}

/** The case with a latency over time for each of these phases. */
function withPhases(one: CaseResult, names: readonly string[]): CaseResult {
  const [first] = one.series?.latency?.phases ?? [];
  if (first === undefined || !one.series?.latency) throw new Error('a case without latency over time');
  const phases = names.map((name) => ({ ...first, name }));
  return { ...one, series: { ...one.series, latency: { ...one.series.latency, phases } } };
}

/** A node is killed, a server is frozen and another one ends, and all kinds of processes need CPU time. */
function withFaults(): Result {
  const ended = {
    kind: 'server',
    name: 'dhcp4 server-2',
    how: 'exit code 1',
    fault: 0,
    lastLines: [],
  } as const;
  const busy = { harness: 0.5, servers: 0.2, nodes: 0.3, others: 0.2, stolen: 0.1 };
  const result = faultedResult([KILLED, FROZEN, NOT_DUE], {
    deaths: [{ ...ended, atUs: (8 + LOAD_BEGAN_S) * 1_000_000 }],
    resources: resourcesOf(Array.from({ length: 25 }, () => busy)),
  });
  const { cpuOverTime } = result.resources ?? {};
  if (!result.resources || cpuOverTime === undefined) throw new Error('a result without CPU over time');
  const proxy = { kind: 'proxy' as const, cores: cpuOverTime.others };
  const users = [...cpuOverTime.users, proxy];
  return { ...result, resources: { ...result.resources, cpuOverTime: { ...cpuOverTime, users } } };
}
