import { CASE_KINDS } from '../../protocol/cases.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { resultSchema } from '../../results/result.js';
import { placesOf, type Places } from './places.js';

/**
 * How each field of a result is anonymised. The table lists every field that may hold any text. Texts from a closed
 * set and times are kept. A field without a treatment is replaced as a name, and a test fails for it.
 */
export type Treatment =
  | 'kept'
  /** The field is removed. */
  | 'leftOut'
  /** A number that becomes null. */
  | 'null'
  | 'lease'
  /** The address of a prefix; the prefix length is in a field beside it. */
  | 'address'
  | 'hardwareAddress'
  | 'clientIdentifier'
  | 'duid'
  | 'iaid'
  | 'identifier'
  | 'digest'
  | 'name'
  | 'case'
  | 'host'
  | 'path'
  | 'source'
  | 'scenario'
  /** The value of a server variable. */
  | 'setting'
  /** A sentence of this program that may hold names and addresses. */
  | 'sentence'
  /** The finding of a check. */
  | 'found'
  /** What could not be read, with the reason, which may be in the words of another program. */
  | 'refused';

const FINDINGS = {
  lease: 'lease',
  server: 'name',
  detail: 'sentence',
  'nodes.N': 'name',
  'also.N': 'lease',
} as const;
const IDENTITY = {
  clientIdentifier: 'clientIdentifier',
  hardwareAddress: 'hardwareAddress',
  duid: 'duid',
  iaid: 'iaid',
  identifier: 'identifier',
} as const;
const ROWS = {
  node: 'name',
  'row.address': 'address',
  'row.hardwareAddress': 'hardwareAddress',
  'row.clientIdentifier': 'clientIdentifier',
  'row.duid': 'duid',
  'row.iaid': 'iaid',
} as const;
const CHECK = {
  name: 'kept',
  case: 'case',
  phase: 'kept',
  expected: 'sentence',
  actual: 'found',
  'known.cause': 'kept',
  'known.text': 'sentence',
} as const;

type Fields = Readonly<Record<string, Treatment>>;

const below = (at: string, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([path, treatment]) => [`${at}.${path}`, treatment]));

const WITNESSES = 'cases.N.witnesses.N';
export const EFFECTIVE = 'scenario.effective';

/** Fields of checks, figures and premises, of findings, and of rows, which occur in several places. */
const REPEATED: Fields = {
  ...['checks.N', 'reproduction.figures.N', 'reproduction.premises.N'].reduce<Fields>(
    (all, at) => ({ ...all, ...below(at, CHECK) }),
    {},
  ),
  ...below('causes.N', { cause: 'kept', title: 'kept', case: 'case', explains: 'kept', text: 'sentence' }),
  ...below('clocks.servers.N', { case: 'case', server: 'name' }),
  ...below('clocks.apart.N', { case: 'case', 'odd.server': 'name', 'odd.by': 'kept' }),
  ...below('commits.nodes.N', { node: 'name', notRead: 'refused', 'cutOff.N': 'refused' }),
  ...below('commits.findings.N', { lease: 'lease', detail: 'sentence' }),
  ...below('commits.findings.N.changes.N', { node: 'name', through: 'name', case: 'case' }),
  ...below('commits.findings.N.changes.N.identity', IDENTITY),
  ...below('commits.findings.N.answers.N', { case: 'case', server: 'name' }),
  ...['audit.findings.N', 'cases.N.audit.findings.N'].reduce<Fields>(
    (all, at) => ({
      ...all,
      ...below(at, FINDINGS),
      ...below(`${at}.identity`, IDENTITY),
      ...below(`${at}.rows.N`, ROWS),
    }),
    {},
  ),
  ...below(`${WITNESSES}.rows.N`, ROWS),
  ...below(`${WITNESSES}.holders.N.identity`, IDENTITY),
};

const OF_CASES: Fields = below('cases.N', {
  name: 'case',
  'phases.N.name': 'kept',
  'returns.N.name': 'kept',
  'phases.N.refusals.reasons.N.reason': 'kept',
  'phases.N.perServer.N.name': 'name',
  'witnesses.N.phase': 'kept',
  'witnesses.N.lease': 'lease',
  'witnesses.N.otherLease': 'lease',
  'witnesses.N.holders.N.server': 'name',
  'witnesses.N.holders.N.lease': 'lease',
  'witnesses.N.holders.N.case': 'case',
  'witnesses.N.holders.N.network': 'case',
  'witnesses.N.held.N.lease': 'lease',
  'witnesses.N.held.N.server': 'name',
  'witnesses.N.held.N.last.server': 'name',
  'series.latency.phases.N.name': 'kept',
  'audit.rows.N.node': 'name',
  'audit.servers.N.server': 'name',
  'published.source': 'kept',
  'published.phases.N.phase': 'kept',
  'published.phases.N.published.line': 'kept',
  'published.phases.N.reasons.N': 'sentence',
});

const OF_RUN: Fields = {
  'tool.name': 'kept',
  'tool.version': 'kept',
  'scenario.name': 'scenario',
  'scenario.seed': 'null',
  'scenario.argv.N': 'leftOut',
  'reproduction.reason': 'sentence',
  'environment.kea.version': 'kept',
  'environment.kea.allocator': 'kept',
  'environment.kea.pdAllocator': 'kept',
  'environment.database.flavor': 'kept',
  'environment.database.version': 'kept',
  'environment.database.wsrepProvider': 'kept',
  'environment.database.settings.NAME': 'setting',
  'environment.proxy': 'kept',
  'environment.node': 'kept',
  'source.files.N': 'source',
  'source.untold.N': 'kept',
  'source.notes.N': 'sentence',
  'audit.notMade.N': 'refused',
  'audit.goneWithTheDead.N': 'refused',
  'audit.nodes.N.node': 'name',
  'audit.nodes.N.lease4.digest': 'digest',
  'audit.nodes.N.lease6.digest': 'digest',
  'sockets.N.socket': 'name',
  'resources.processes.N.name': 'name',
  'transport.instead': 'sentence',
  'transport.lacking': 'sentence',
  'short.N.found': 'sentence',
  'accompanying.messages.N.server': 'name',
  'accompanying.messages.N.identifier': 'kept',
  'accompanying.messages.N.severity': 'kept',
  'accompanying.withoutLog.N': 'name',
  'accompanying.nodes.N.node': 'name',
  'accompanying.notCounted.N.node': 'name',
  'accompanying.notCounted.N.why': 'refused',
  'faults.faults.N.fault': 'kept',
  'faults.faults.N.on': 'name',
  'faults.faults.N.met.N.from': 'name',
  'faults.faults.N.met.N.to': 'name',
  'faults.faults.N.targets.N': 'name',
  'faults.faults.N.hadEnded.N': 'name',
  'faults.faults.N.planned.at': 'kept',
  'faults.faults.N.planned.undo': 'kept',
  'faults.faults.N.failed': 'sentence',
  'faults.faults.N.servers.N.server': 'name',
  'faults.nodes.N.node': 'name',
  'faults.nodes.N.status': 'kept',
  'faults.nodes.N.state': 'kept',
  'faults.nodes.N.members.N': 'name',
  ...['faults.lost.leases.N', 'faults.heldByTwo.leases.N'].reduce<Fields>(
    (all, at) => ({
      ...all,
      ...below(at, { case: 'case', lease: 'lease', 'servers.N': 'name', 'nodes.N': 'name' }),
    }),
    {},
  ),
  'faults.ended.N.server': 'name',
  'faults.ended.N.how': 'kept',
  'faults.lostDatabases.N.server': 'name',
  'faults.clientLinks.N.server': 'name',
  'faults.served.N.server': 'name',
};

const INSTALLED: Fields = {
  ...below('cluster', { mariadbd: 'path', mariadb: 'path', wsrepProvider: 'path' }),
  ...below('cluster.percona', {
    installation: 'path',
    mysqld: 'path',
    mysql: 'path',
    installDb: 'path',
    share: 'path',
    plugins: 'path',
    transferTools: 'path',
  }),
  ...below('kea', { dhcp4: 'path', dhcp6: 'path', schema: 'path', haproxy: 'path' }),
};

/** Parts of Kea's configuration may hold anything. */
const EXTRAS: Fields = Object.fromEntries(
  ['kea', 'servers.N.kea'].flatMap((block) =>
    ['extra', 'dhcp4Extra', 'dhcp6Extra'].map((key) => [`${block}.${key}`, 'leftOut'] as const),
  ),
);

/** What clients and relays send may name the lines of a network. */
const SENT: Fields = {
  ...below('load.dhcp4', { circuitId: 'leftOut', remoteId: 'leftOut', subscriberId: 'leftOut' }),
  ...below('load.dhcp6', { interfaceId: 'leftOut', remoteId: 'leftOut', subscriberId: 'leftOut' }),
  'load.dhcp4.options.N.value': 'leftOut',
  'load.dhcp6.options.N.value': 'leftOut',
};

const OF_SCENARIO: Fields = below(EFFECTIVE, {
  name: 'scenario',
  description: 'leftOut',
  seed: 'leftOut',
  // A scenario that runs has all of what it builds on.
  extends: 'leftOut',
  quick: 'leftOut',
  'expectedFailures.N': 'kept',
  'faults.N.on': 'name',
  'faults.N.groups.N': 'name',
  'faults.N.groups.N.N': 'name',
  'faults.N.between.N': 'name',
  'faults.N.between.N.N': 'name',
  'faults.N.from': 'name',
  'faults.N.from.N': 'name',
  'faults.N.to': 'name',
  'faults.N.to.N': 'name',
  'randomFaults.on.N': 'name',
  'knownFailures.N.atMost': 'kept',
  'checks.N': 'kept',
  'expectedFigures.N': 'kept',
  'cluster.settings.NAME': 'setting',
  'cluster.user': 'name',
  'cluster.docker.suite': 'kept',
  'cluster.docker.databaseImage': 'name',
  'cluster.docker.keaImage': 'name',
  'cluster.version': 'kept',
  'cluster.galeraVersion': 'kept',
  'kea.version': 'kept',
  'servers.N.kea.version': 'kept',
  ...EXTRAS,
  ...SENT,
  'load.clientsFrom': 'path',
  'servers.N.timeZone': 'name',
  'servers.N.environment.NAME': 'setting',
  ...INSTALLED,
  ...below('external', {
    'nodes.N.host': 'host',
    user: 'name',
    passwordEnvironment: 'name',
    database: 'name',
    'tls.ca': 'path',
    'subnets.NAME.linkAddress': 'lease',
    'subnets.NAME.pool.first': 'lease',
    'subnets.NAME.pool.last': 'lease',
    'subnets.NAME.prefixPool.prefix': 'address',
  }),
  ...CASE_KINDS.reduce<Fields>(
    (all, kind) => ({
      ...all,
      ...below(`external.servers.N.${kind}`, { address: 'lease', relay: 'lease', control: 'path' }),
    }),
    {},
  ),
});

/** Fields outside the schema of a result: `witnesses.jsonl` names the case of each witness. */
export const BESIDE: Fields = { [`${WITNESSES}.case`]: 'case' };

export const FIELDS: ReadonlyMap<string, Treatment> = new Map(
  Object.entries({ ...REPEATED, ...OF_CASES, ...OF_RUN, ...OF_SCENARIO, ...BESIDE }),
);

/**
 * Every text that a result may hold, its mappings, and the names of its fields. Includes the settings of its
 * scenario.
 */
export function placesOfResult(): Places {
  const [result, scenario] = [placesOf(resultSchema), placesOf(scenarioSchema, EFFECTIVE.split('.'))];
  const mappings = new Set([...result.mappings, ...scenario.mappings]);
  mappings.delete(EFFECTIVE);
  return {
    strings: [...result.strings, ...scenario.strings],
    mappings,
    keys: new Set([...result.keys, ...scenario.keys]),
  };
}
