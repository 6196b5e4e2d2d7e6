import { describe, expect, it } from 'vitest';
import { nth, v4 } from '../synthetic.test-support.js';
import { AuditedRun, broken, NODES, sound } from './audit.test-support.js';

describe('Kea’s own counters', () => {
  it('show messages that were sent and never arrived, which makes the verdict inconclusive', () => {
    const judgement = sound().countersSay([2, 0, 0]).judge();
    expect(broken(judgement)).toEqual([['load.lost', 'inconclusive']]);
    expect(judgement.checks.find(({ name }) => name === 'load.lost')?.actual).toBe(
      '2 of server-1 did not arrive',
    );
  });

  it('make witnesses of the unanswered transactions, of the server and the kind of message that were lost', () => {
    const audited = sound();
    audited.run.layout.clients = 9;
    audited.run.ask(3, 0).give(v4(3));
    audited.run.ask(3, 1).timeout();
    audited.run.ask(6, 0).timeout();
    audited.run.ask(4, 1).timeout();
    expect(nth(audited.judge().cases, 0).witnesses).toEqual([]);
    // Server-1 sent two ACKs, of which one came.
    const after = { seen: { 'pkt4-offer-sent': 100 + 2, 'pkt4-ack-sent': 50 + 2 } };
    const servers = audited.system.servers.map((one, index) => (index === 0 ? { ...one, after } : one));
    const { checks, cases } = audited.judge({ servers });
    expect(checks.find(({ name }) => name === 'load.lost')).toMatchObject({ verdict: 'inconclusive' });
    const [witness, ...others] = nth(cases, 0).witnesses;
    expect(others).toEqual([]);
    expect(witness).toMatchObject({
      kind: 'unanswered',
      phase: 'REQUEST-ACK',
      lease: '',
      holders: [{ client: 3, server: 'server-1', fromUs: 15_000, untilUs: 15_000, identity: {} }],
    });
    expect(witness).not.toHaveProperty('rows');
    // If the journal ends early, a request without an answer in the journal may have been answered.
    const endedEarly = { code: 'STORAGE', message: 'no space' };
    expect(nth(audited.judge({ servers }, { endedEarly }).cases, 0).witnesses).toEqual([]);
  });

  it('expose an answer that Kea did not send', () => {
    expect(broken(sound().countersSay([0, -1, 0]).judge())).toEqual([['audit.counters', 'fail']]);
  });
});

describe('a witness', () => {
  it('has the clients’ identities and the row on every node', () => {
    const audited = new AuditedRun('dhcp4', 2);
    audited.run.lease(0, v4(0));
    audited.run.lease(1, v4(0));
    const [witness] = nth(audited.stored(audited.row(1, '10.0.0.0')).judge().cases, 0).witnesses;
    expect(witness).toMatchObject({
      kind: 'held-concurrently',
      holders: [0, 1].map((client) => {
        const { clientIdentifier, hardwareAddress } = audited.row(client, '');
        return { client, identity: { clientIdentifier, hardwareAddress } };
      }),
      rows: NODES.map((node) => ({ node, row: audited.row(1, '10.0.0.0') })),
    });
  });
});
