import { judge } from '../judgement/judge.js';
import { NOTHING_WRONG, SyntheticRun, v4, v6 } from '../judgement/synthetic.test-support.js';
import type { Evidence } from '../evidence/evidence.js';
import { scenarioSchema } from '../scenario/schema.js';
import { buildResult, type RunFacts } from './result/build.js';
import type { Result } from '../results/result.js';

export const FACTS: RunFacts = {
  tool: { name: 'kea-lease-conformance', version: '0.1.0' },
  scenario: scenarioSchema.parse({
    name: 'galera',
    description: 'made up',
    published: {
      table: 'galera',
      tolerance: {
        dhcp4: { duplicatePercent: [30, 37], appearancePercent: [85, 100] },
        'dhcp6-ia-na': { duplicatePercent: [30, 50], appearancePercent: [80, 100] },
      },
    },
  }),
  seed: 7,
  argv: ['run', 'galera'],
  startedAt: new Date('2022-11-21T01:02:03Z'),
  finishedAt: new Date('2022-11-21T01:04:03Z'),
  environment: {
    kea: { version: '2.2.0', allocator: 'iterative', threads: 0 },
    database: { flavor: 'galera', version: '10.11.6', wsrepProvider: '26.4.23', settings: {} },
    node: '20.20.2',
    cpus: 2,
  },
  runDirectory: 'reports/galera/20221121T010203Z',
};

/**
 * The dhcp4 row of the article: 117 leases are offered to three clients each, 2 to two clients, 1 to one client. Then
 * each client gets its own lease.
 */
export function dhcp4AsPublished(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 357 });
  for (let client = 0; client < 356; client++) {
    const offered = client < 351 ? Math.floor(client / 3) : 1000 + Math.floor((client - 351) / 2);
    run.lease(client, v4(offered), { given: v4(5000 + client) });
  }
  run.ask(356, 0).timeout();
  return run;
}

/**
 * 90 clients. Every ninth one is refused in the first phase of its first attempt, and served in its second attempt.
 */
export function dhcp6WithRefusals(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 90 });
  for (let client = 0; client < 90; client++) {
    if (client % 9 === 0) run.ask(client, 0).refuse();
    const attempt = client % 9 === 0 ? 2 : 1;
    run.lease(client, v6(Math.floor(client / 3)), { attempt, given: v6(0x1000 + client) });
  }
  return run;
}

export function resultOf(
  runs: readonly SyntheticRun[],
  { evidence = {}, facts = {} }: { evidence?: Partial<Evidence>; facts?: Partial<RunFacts> } = {},
): Result {
  const observations = runs.flatMap((run, caseIndex) =>
    run.observations.map((observation) => ({ ...observation, caseIndex })),
  );
  const every = { ...FACTS, ...facts };
  const input = {
    layout: { cases: runs.map((run) => run.layout) },
    scenario: every.scenario,
    evidence: { ...NOTHING_WRONG, ...evidence },
  };
  return buildResult(every, judge(input, observations));
}
