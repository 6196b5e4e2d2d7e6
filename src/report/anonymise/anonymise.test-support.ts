import { dhcp4AsPublished, FACTS, resultOf } from '../report.test-support.js';
import type { Result } from '../../results/result.js';
import { scenarioSchema } from '../../scenario/schema.js';

/** Secrets that must appear nowhere in an anonymised result, by kind. Some are in several fields of `revealing()`. */
export const SECRET = {
  ipv4: '192.0.2.77',
  relay: '198.51.100.9',
  ipv6: '2001:db8:1234:5600::abcd',
  prefix: '2001:db8:1234:5600::',
  hardware: '00163eabcdef',
  client: '0100163eabcdef',
  text: '6a6f65732d6c6170746f70',
  duid: '000100012a2b2c2d00163eabcdef',
  serverDuid: '0003000100163e998877',
  iaid: '1051381703',
  vendor: 'MSFT 5.0 Joe',
  laptop: 'joes-laptop',
  host: 'db1.corp.example',
  shortHost: 'dbserver',
  file: '/home/joe/branch-office.pcap',
  fileName: 'branch-office.pcap',
  server: 'hq-router',
  user: 'joe',
  scenario: 'acme-headquarters',
  seed: '987654321',
  vlan: 'VLAN 1234',
  program: '/opt/acme/sbin/kea-dhcp4',
} as const;

const { ipv4, ipv6, prefix, hardware, client, duid, serverDuid, file, server } = SECRET;
const IAID = Number(SECRET.iaid);

type Case = Result['cases'][number];
type Row = NonNullable<NonNullable<Case['witnesses'][number]['rows']>[number]['row']>;

const ROW: Row = {
  address: ipv4,
  leaseType: 'address',
  prefixLength: 32,
  subnet: 7,
  state: 0,
  expire: 1_700_000_000,
  validLifetime: 4_000,
  hardwareAddress: hardware,
  clientIdentifier: client,
  duid: null,
  iaid: null,
};
const PREFIX_ROW: Row = {
  ...{ ...ROW, address: prefix, leaseType: 'prefix', prefixLength: 56 },
  ...{ hardwareAddress: null, clientIdentifier: null, duid, iaid: IAID },
};

const WITNESSES: Case['witnesses'] = [
  {
    kind: 'overlapping',
    phase: null,
    lease: ipv6,
    otherLease: `${prefix}/56`,
    holders: [
      {
        client: 1,
        identity: { duid, iaid: IAID },
        server,
        lease: ipv6,
        fromUs: 1_500_000,
        untilUs: 2_500_000,
      },
      {
        client: 2,
        identity: { identifier: `${duid} na${IAID} pd2` },
        server: `DUID ${serverDuid}`,
        lease: `${prefix}/56`,
        fromUs: 1,
        untilUs: null,
      },
    ],
    held: [{ lease: ipv6, server, fromUs: 1, last: { server: `${ipv4} port 1067`, atUs: 2 } }],
    rows: [
      { node: SECRET.shortHost, row: PREFIX_ROW },
      { node: 'node-2', row: ROW },
    ],
  },
  {
    kind: 'held-concurrently',
    phase: 'REQUEST-ACK',
    lease: ipv4,
    otherLease: null,
    holders: [
      {
        client: 3,
        identity: { clientIdentifier: SECRET.text, hardwareAddress: hardware },
        server,
        lease: ipv4,
        fromUs: 1,
        untilUs: 2,
      },
      {
        client: 4,
        identity: { identifier: '00:16:3e:ab:cd:ef' },
        server: ipv4,
        lease: ipv4,
        fromUs: 1,
        untilUs: 2,
      },
    ],
  },
];

const FINDING: NonNullable<Case['audit']>['findings'][number] = {
  kind: 'differing',
  lease: ipv4,
  client: 1,
  identity: { clientIdentifier: client, hardwareAddress: hardware },
  server,
  nodes: ['node-1', SECRET.shortHost],
  detail: `the same row on every node: hostname is "${SECRET.laptop}" and not "${SECRET.vendor}", iaid is ${IAID} and not 8, hwaddr is "${hardware}" and not ""`,
  rows: [{ node: 'node-1', row: ROW }],
  also: [ipv6, `${prefix}/56`],
};

const REFUSAL = `lease4 of ${SECRET.shortHost}: getaddrinfo ENOTFOUND ${SECRET.shortHost}; Access denied for user '${SECRET.user}'@'wks9'`;

/** A result that reveals people and machines in every field that can. */
export function revealing(): Result {
  const result = resultOf([dhcp4AsPublished()], { facts: { seed: Number(SECRET.seed) } });
  const name = `${SECRET.vlan} dhcp4`;
  const scenario = scenarioSchema.parse({
    ...{ name: SECRET.scenario, description: `of ${SECRET.user}`, seed: Number(SECRET.seed) },
    quick: { seed: Number(SECRET.seed), 'cluster.user': SECRET.user },
    cluster: { provider: 'external', user: SECRET.user, settings: { wsrep_node_name: SECRET.shortHost } },
    kea: { dhcp4: SECRET.program },
    cases: ['dhcp4'],
    external: {
      nodes: [{ host: SECRET.host }, { host: SECRET.shortHost }],
      user: SECRET.user,
      servers: [
        { node: 1, dhcp4: { address: ipv4, relay: SECRET.relay, control: `http://${SECRET.host}:8000` } },
      ],
      subnets: { dhcp4: { id: 7, pool: { first: ipv4, last: '192.0.2.99' } } },
    },
  });
  const checks: Result['checks'] = [
    ...result.checks.filter(({ case: its }) => its !== '').map((check) => ({ ...check, case: name })),
    check('run.endedEarly', `ended early: ${file} can't be written by ${SECRET.user}: no space (STORAGE)`),
    check('audit.made', `${REFUSAL}; statistics of dhcp4 server-1: not asked`),
    check('audit.sameRows', `1 differing: ${ipv4} on node-1, ${SECRET.shortHost}`),
    check('audit.counters', `3 of ${server}, 4 of DUID ${serverDuid}`),
    check(
      'source.complete',
      `2 blocks of ${SECRET.fileName} are damaged at 2001:0DB8:1234:5600::ABCD, ${SECRET.host}`,
    ),
  ];
  return {
    ...result,
    scenario: {
      name: SECRET.scenario,
      effective: { ...scenario },
      seed: Number(SECRET.seed),
      argv: ['run', file, '--set', `external.user=${SECRET.user}`],
    },
    checks,
    source: null,
    cases: result.cases.map((one) => ({
      ...one,
      name,
      witnesses: WITNESSES,
      witnessesOmitted: 2,
      heldConcurrently: 1,
      overlappingLeases: 1,
      phases: one.phases.map((phase) => ({
        ...phase,
        perServer: phase.perServer.map((each) => ({ ...each, name: server })),
      })),
      audit: {
        ...{ acknowledged: 3, rows: [{ node: SECRET.shortHost, rows: 3 }], servers: [], omitted: 0 },
        ...{ counts: { differing: 1 }, findings: [FINDING] },
      },
    })),
    audit: {
      ...{ notMade: [REFUSAL], goneWithTheDead: [], replicated: true, settled: true, settledAfterMs: 3 },
      nodes: [{ node: SECRET.shortHost, lease4: { rows: 3, digest: 'ab'.repeat(32) }, lease6: null }],
      ...{ counts: {}, findings: [{ ...FINDING, identity: { duid, iaid: IAID } }], omitted: 0 },
    },
    sockets: [{ socket: `harness ${name} ${server}`, drops: 1, sendErrors: 0 }],
    accompanying: {
      messages: [
        { server: `${name} ${server}`, identifier: 'DHCP4_X', severity: 'ERROR', count: 2, errorCodes: {} },
      ],
      withoutLog: [server],
      nodes: [{ node: SECRET.shortHost, growth: { wsrep_last_committed: 4 } }],
      notCounted: [{ node: SECRET.shortHost, why: REFUSAL }],
    },
    short: [{ resource: 'sockets', found: `datagrams of ${server} from ${SECRET.relay}` }],
    environment: {
      ...FACTS.environment,
      database: {
        ...FACTS.environment.database,
        settings: {
          wsrep_node_name: SECRET.shortHost,
          tx_isolation: 'READ-COMMITTED',
          'evs.suspect_timeout': 'PT5S',
          'pc.ignore_sb': 'false',
        },
      },
    },
  };
}

/** A result of recorded exchanges that reveals people and machines in every field that can. */
export function revealingSource(): Result {
  return {
    ...revealing(),
    scenario: { name: `capture ${file}`, effective: {}, seed: null, argv: ['analyze', file] },
    environment: null,
    source: {
      kind: 'capture',
      files: [file],
      untold: [],
      notes: [
        `${SECRET.relay} answered from ${ipv4}, ${ipv6}.`,
        `${SECRET.vlan} dhcp4: ${SECRET.fileName}, hwaddr=[hwtype=1 00:16:3E:AB:CD:EF], cid=[01-00-16-3e-ab-cd-ef], ${duid.toUpperCase()}.`,
        `perfdhcp asked for rapid commit in ${file}. fe80::216:3eff:feab:cdef%eth0 port 546 got requests but sent no answer.`,
      ],
    },
  };
}

function check(name: string, actual: string): Result['checks'][number] {
  return { name, case: '', phase: '', expected: `nothing of ${server}`, actual, verdict: 'inconclusive' };
}
