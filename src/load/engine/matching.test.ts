import { describe, expect, it } from 'vitest';
import { Clients } from './clients.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { STEP, type Reply } from '../exchanges/exchange.js';
import { Exchanges } from '../exchanges/exchanges.js';
import { Identities } from '../identities/identities.js';
import { Matching } from './matching.js';
import { Messages } from '../exchanges/messages.js';
import { TransactionIds } from './transaction-ids.js';
import { TransactionTable } from './transaction-table.js';

const SEED = 5;
const DISCOVERS = { client: 0, step: STEP.discover, attempt: 1 };
const REQUESTS = { client: 0, step: STEP.request, attempt: 1 };

/** One client's messages to three servers under one transaction id, and another client's under the next id. */
function scene() {
  const exchange = new Dhcp4Exchange('127.0.0.1');
  const table = new TransactionTable({ ids: 2 ** exchange.idBits, keepMs: 1_000, expected: 10 });
  const clients = new Clients(2);
  const messages = new Messages({
    servers: 3,
    exchange,
    exchanges: new Exchanges(1, () => exchange),
    identities: new Identities(SEED, 0),
    seed: SEED,
    table,
    clients,
    leases: undefined,
  });
  const first = table.add({ ...DISCOVERS, server: 0, leads: true }, 0);
  for (const server of [1, 2]) table.add({ ...DISCOVERS, server, leads: false }, 0);
  for (const server of [0, 1, 2]) table.add({ ...REQUESTS, server, leads: false }, 0);
  const next = table.add({ ...DISCOVERS, client: 1, server: 0, leads: true }, 0);
  for (const transaction of [first, first + 1, first + 2, next]) table.begin(transaction, 0);
  const id = new TransactionIds(exchange.idBits, SEED).idOf(first);
  return { table, id, matching: new Matching(exchange, table, messages) };
}

const answered = (id: number, answer: Reply['answer']) => ({ id, answer }) as Reply;

describe('an answer to a transaction id that several transactions share belongs to', () => {
  it.each([0, 1, 2])('the transaction at server %i whose message has this kind of answer', (server) => {
    const { table, id, matching } = scene();
    expect(matching.answeredBy(answered(id, 'offer'), server)).toBe(server);
    expect(matching.answeredBy(answered(id, 'commit'), server)).toBe(-1);
    table.begin(3 + server, 10);
    expect(matching.answeredBy(answered(id, 'commit'), server)).toBe(3 + server);
    expect(matching.answeredBy(answered(id, 'offer'), server)).toBe(server);
  });

  it('a transaction at another server, where its own server was not asked', () => {
    const { table, id, matching } = scene();
    table.begin(4, 10);
    expect(matching.answeredBy(answered(id, 'commit'), 2)).toBe(4);
  });

  it('the last transaction that waits at its server, if the answer can not be read', () => {
    const { table, id, matching } = scene();
    expect(matching.latestUnder(id, 1)).toBe(1);
    table.begin(4, 10);
    expect(matching.latestUnder(id, 1)).toBe(4);
    expect(matching.latestUnder(id, 2)).toBe(2);
    table.end(4);
    expect(matching.latestUnder(id, 1)).toBe(1);
    expect(matching.latestUnder(id, 7)).toBe(0);
  });

  it('no transaction, if none has its id', () => {
    const { id, matching } = scene();
    expect(matching.answeredBy(answered(id + 1, 'offer'), 0)).toBe(-1);
    expect(matching.latestUnder(id + 1, 0)).toBe(-1);
  });
});

describe('transactions under one id', () => {
  it('end where the next id begins', () => {
    const { table } = scene();
    const following = [0, 1, 2, 3, 4, 5, 6].map((transaction) => table.nextUnderId(transaction));
    expect(following).toEqual([1, 2, 3, 4, 5, -1, -1]);
  });
});
