import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { caseOf, RunFiles } from './support/run-files.js';
import { NO_HURRY, setting } from './support/small-scenario.js';
import { fieldsOf } from './support/tshark.js';
import { Workspace } from './support/workspace.js';

/** No limit depends on the clock: the runs must pass on a machine that does other things as well. */
const PATIENT = { 'load.timeoutMs': 20_000, 'load.maxAttempts': 1_000, ...NO_HURRY };
/** T1 is half of the lifetime in DHCPv4. In DHCPv6 it is half of the preferred lifetime, which is 0.625 of the lifetime. */
const T1_S = { 4: 8, 6: 5 };
const CLIENTS = 3 * 10;

describe('clients behind access nodes, as tshark reads them from the capture of the run', () => {
  let workspace: Workspace;
  let run: RunFiles;
  let capture: string;

  beforeAll(async () => {
    workspace = new Workspace();
    const settings = {
      ...PATIENT,
      cases: '[dhcp4, dhcp6-ia-na]',
      'kea.validLifetime': 16,
      'load.clientsPerServer': CLIENTS / 3,
      'load.life.seconds': 12,
      checks: '[]',
    };
    const { code, output } = await workspace.run([
      'run',
      'access-network',
      '--capture',
      ...setting(settings),
    ]);
    expect(code, output).toBe(0);
    run = RunFiles.only(workspace.cwd, 'access-network');
    capture = join(run.path, 'capture.pcap');
  });
  afterAll(() => workspace.remove());

  /** How many messages of a phase the journal has. */
  const sentIn = (phase: string): number =>
    run.observations.filter((one) => one.type === 'sent' && one.phase === phase).length;

  it('send option 82, each with a circuit-id of its own, through two relays', async () => {
    const [hops, circuit, remote] = [
      'dhcp.hops',
      'dhcp.option.agent_information_option.agent_circuit_id',
      'dhcp.option.agent_information_option.agent_remote_id',
    ] as const;
    const messages = await fieldsOf(capture, 'dhcp.type == 1', [
      hops,
      circuit,
      remote,
      'dhcp.option.vendor_class_id',
      'dhcp.hw.mac_addr',
    ]);
    expect(messages).toHaveLength(
      ['DISCOVER-OFFER', 'REQUEST-ACK', 'RENEW-ACK', 'REBIND-ACK', 'REBOOT-ACK'].reduce(
        (sum, phase) => sum + sentIn(phase),
        0,
      ),
    );
    const text = (hex: string): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString();
    const lines = new Map(messages.map((one) => [one['dhcp.hw.mac_addr'], text(one[circuit])]));
    expect([...lines.values()].sort()).toEqual(
      Array.from({ length: CLIENTS }, (_, client) => `access-1 eth 0/1/${String(client).padStart(8, '0')}`),
    );
    for (const one of messages) {
      expect(text(one[circuit])).toBe(lines.get(one['dhcp.hw.mac_addr']));
      const client = Number(text(one[circuit]).slice(-8));
      expect(one[remote].replaceAll(':', '')).toBe(`0206${client.toString(16).padStart(8, '0')}`);
      expect([one[hops], one['dhcp.option.vendor_class_id']]).toEqual(['2', 'docsis3.0']);
    }
    // Kea sends option 82 back (RFC 3046 section 2.2).
    const answers = await fieldsOf(capture, 'dhcp.type == 2', [circuit, 'dhcp.hw.mac_addr']);
    expect(answers.length).toBeGreaterThan(0);
    for (const one of answers) expect(text(one[circuit])).toBe(lines.get(one['dhcp.hw.mac_addr']));
  });

  it('send interface-id, remote-id and subscriber-id inside two RELAY-FORWs', async () => {
    const [hops, line, enterprise, remote, subscriber] = [
      'dhcpv6.hopcount',
      'dhcpv6.interface_id',
      'dhcpv6.remoteid.enterprise',
      'dhcpv6.remoteid_enterprise_id',
      'dhcpv6.subscriber_id',
    ] as const;
    const messages = await fieldsOf(capture, 'dhcpv6.msgtype == 12', [
      hops,
      line,
      enterprise,
      remote,
      subscriber,
    ]);
    expect(messages.length).toBeGreaterThan(4 * CLIENTS);
    expect(new Set(messages.map((one) => one[hops]))).toEqual(new Set(['1,0']));
    expect(new Set(messages.map((one) => one[enterprise]))).toEqual(new Set(['2495']));
    for (const own of [line, remote, subscriber])
      expect(new Set(messages.map((one) => one[own])).size).toBe(CLIENTS);
  });

  it('renew when T1 is over, and not before', async () => {
    const renewals4 = await fieldsOf(capture, 'dhcp.option.dhcp == 3 && dhcp.ip.client != 0.0.0.0', [
      'frame.time_epoch',
      'dhcp.hw.mac_addr',
    ]);
    expect(renewals4).toHaveLength(sentIn('RENEW-ACK') + sentIn('REBIND-ACK'));
    expect(renewals4.length).toBeGreaterThan(0);
    const granted4 = await fieldsOf(capture, 'dhcp.option.dhcp == 5', [
      'frame.time_epoch',
      'dhcp.hw.mac_addr',
    ]);
    expectAtT1(renewals4, granted4, 'dhcp.hw.mac_addr', T1_S[4]);

    const renewals6 = await fieldsOf(capture, 'dhcpv6.msgtype == 5', ['frame.time_epoch', 'dhcpv6.iaid']);
    expect(renewals6).toHaveLength(sentIn('RENEW-REPLY'));
    // A CONFIRM does not prolong the lease, so every client renews. A DHCPv4 client that boots again gets a new lifetime.
    expect(new Set(renewals6.map((one) => one['dhcpv6.iaid'])).size).toBe(CLIENTS);
    const granted6 = await fieldsOf(capture, 'dhcpv6.msgtype == 7 && dhcpv6.iaaddr.ip', [
      'frame.time_epoch',
      'dhcpv6.iaid',
    ]);
    expectAtT1(renewals6, granted6, 'dhcpv6.iaid', T1_S[6]);
  });

  /** Each renewal comes at least T1 after the last answer that gave its client the lease. */
  function expectAtT1<Who extends string>(
    renewals: readonly Record<Who | 'frame.time_epoch', string>[],
    granted: readonly Record<Who | 'frame.time_epoch', string>[],
    who: Who,
    t1: number,
  ): void {
    for (const renewal of renewals) {
      const at = Number(renewal['frame.time_epoch']);
      const before = granted
        .filter((one) => one[who] === renewal[who] && Number(one['frame.time_epoch']) < at)
        .map((one) => Number(one['frame.time_epoch']));
      // T1 counts from the request, which left a little earlier than its answer came.
      expect(at - Math.max(...before)).toBeGreaterThan(t1 - 1);
    }
  }

  it('boot again, and keep their lease', () => {
    const [dhcp4, dhcp6] = [caseOf(run.result, 'dhcp4'), caseOf(run.result, 'dhcp6-ia-na')];
    expect(sentIn('REBOOT-ACK')).toBeGreaterThan(0);
    expect(sentIn('CONFIRM-REPLY')).toBeGreaterThan(0);
    for (const one of [dhcp4, dhcp6])
      expect(one).toMatchObject({ heldConcurrently: 0, clientsWithLease: CLIENTS, witnesses: [] });
    // The answer to a CONFIRM gives no lease, so there are no figures of it.
    expect(dhcp6.phases.map(({ name }) => name)).not.toContain('CONFIRM-REPLY');
    expect(dhcp4.phases.find(({ name }) => name === 'REBOOT-ACK')?.allAttempts?.responses).toBeGreaterThan(0);
  });
});
