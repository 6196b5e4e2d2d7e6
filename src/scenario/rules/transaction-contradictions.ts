import { familyOf } from '../../protocol/cases.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { clientsOfServer, fastestOf } from '../stages.js';
import { renewalTimeOf } from '../renewal-times.js';
import { idBitsOf, idKeptMs, TRANSACTION_LIMIT } from '../transaction-ids.js';

/** A load with more transactions than there are transaction ids, or than can be judged. */
export function findTransactionContradictions(scenario: Scenario): Finding[] {
  return [...tooFewTransactionIds(scenario), ...tooManyTransactions(scenario)];
}

function finding(path: Path, related: Path[], message: string, hint: string): Finding[] {
  return [{ path, related, at: 'value', message, hint }];
}

/**
 * How many transaction ids an attempt takes: two for its two messages, and one for the renewal of a roaming client.
 */
function idsOfAnAttempt({ fanout }: Pick<Scenario['load'], 'fanout'>): number {
  return fanout === 'roam' ? 3 : 2;
}

/**
 * How many transactions `load.life` makes at each server in a second. Each act is one. A client that lost its lease
 * comes back for another and makes more.
 *
 * @param attempts that such a client makes
 */
function transactionsOfLife({ cases, kea, load }: Scenario, attempts = 1): number {
  const { life } = load;
  if (life === undefined) return 0;
  const { renewPerServer = 0, rebindPerServer = 0, rebootPerServer = 0 } = life;
  const { releasePerServer = 0, declinePerServer = 0 } = life;
  const losing = releasePerServer + declinePerServer;
  const returning = attempts * idsOfAnAttempt(load) * (losing + (life.leavePerServer ?? 0));
  const earliest = Math.min(...cases.map((kind) => renewalTimeOf(kind, kea)));
  const timed = life.renewAtT1 ? clientsOfServer(load) / earliest : 0;
  return renewPerServer + rebindPerServer + rebootPerServer + timed + losing + returning;
}

/** Allows for random arrivals that come close together, and for transactions that start a little late. */
const MARGIN = 1.25;

/**
 * Too few transaction ids: an id is used again only when no transaction waits under it. A refused client starts over
 * at once. So with few ids each of its attempts is counted, and with all ids of the protocol each client once.
 */
function tooFewTransactionIds(scenario: Scenario): Finding[] {
  const { cases, load } = scenario;
  const { timeoutMs, arrival, maxAttempts, transactionIdBits, burstSize } = load;
  const isFew = transactionIdBits !== undefined;
  const ids = Math.min(...cases.map((name) => 2 ** idBitsOf(familyOf(name), load)));
  const servers = serversOf(scenario).length;
  const idsOfOne = idsOfAnAttempt(load);
  const all = idsOfOne * servers * clientsOfServer(load) * maxAttempts;
  const keptS = (isFew ? idKeptMs(load) : 2 * timeoutMs) / 1_000;
  const atATime = fastestOf(load) * keptS + (isFew && arrival === 'burst' ? burstSize : 0);
  const within = idsOfOne * servers * atATime * (isFew ? MARGIN * maxAttempts : 1);
  const ofLife =
    servers * transactionsOfLife(scenario, isFew ? maxAttempts : 1) * keptS * (isFew ? MARGIN : 1);
  const atOnce = Math.ceil((arrival === 'avalanche' ? all : Math.min(all, within)) + ofLife);
  if (atOnce <= ids) return [];
  if (!isFew) {
    return finding(
      ['load', 'timeoutMs'],
      [['load', 'ratePerServer']],
      `load.timeoutMs is too long: at this rate more than the ${ids} transaction ids of DHCPv6 could be in use`,
      'lower load.timeoutMs or the rate',
    );
  }
  return finding(
    ['load', 'transactionIdBits'],
    ['ratePerServer', 'stages', 'timeoutMs', 'maxAttempts', 'drainMs'].map((key) => ['load', key]),
    `load.transactionIdBits is too low: ${ids} transaction ids, and at this rate up to ${atOnce} could be in use`,
    `set it to ${Math.ceil(Math.log2(atOnce))}, or lower the rate, load.timeoutMs, load.drainMs or load.maxAttempts`,
  );
}

/** Too many transactions: the judgement could not number them all. */
function tooManyTransactions(scenario: Scenario): Finding[] {
  const { load } = scenario;
  const servers = serversOf(scenario).length;
  const clients = servers * clientsOfServer(load);
  const ofLife = servers * transactionsOfLife(scenario) * (load.life?.seconds ?? 0);
  const most = idsOfAnAttempt(load) * clients * load.maxAttempts + Math.ceil(ofLife);
  if (most <= TRANSACTION_LIMIT) return [];
  return finding(
    ['load', load.stages === undefined ? 'clientsPerServer' : 'stages'],
    [['load', 'maxAttempts']],
    `${clients} clients of a case with up to ${load.maxAttempts} attempts make up to ${most} transactions, more than the ${TRANSACTION_LIMIT} that can be judged`,
    'lower load.maxAttempts, the number of clients, or the duration',
  );
}
