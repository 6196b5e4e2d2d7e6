import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fixture,
  ipPacket,
  ipPacketsOf,
  LINKS,
  pcapFile,
  pcapngFile,
  type IpPacket,
} from '../../observations/import/capture/capture.test-support.js';
import { importCapture, type CaptureOptions } from '../../observations/import/capture/import.js';
import { LINK } from '../../observations/import/capture/file/link-types.js';
import { importPerfdhcp } from '../../observations/import/perfdhcp/import.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'capture-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const judged = (path: string, options?: CaptureOptions): Result =>
  judgeImported(importCapture(path, options), []);

function judgedBytes(bytes: Buffer, options?: CaptureOptions): Result {
  const path = join(directory, 'a.pcap');
  writeFileSync(path, bytes);
  return judged(path, options);
}

/** The parts of a result that do not depend on how the capture was read. */
const figures = ({ cases, checks, startedAt, finishedAt }: Result) => ({
  cases,
  checks,
  startedAt,
  finishedAt,
});

const packets = [...ipPacketsOf('dhcp4-ethernet.pcap'), ...ipPacketsOf('dhcp6-ethernet.pcap')];

describe('a capture of perfdhcp at real servers', () => {
  it('has the figures of the logs that perfdhcp wrote of the same exchanges', () => {
    const log = (name: string) =>
      fileURLToPath(new URL(`../../observations/import/perfdhcp/fixtures/${name}.out`, import.meta.url));
    const logs = ['ia-na-pd-1', 'ia-na-pd-2', 'ia-na-pd-3', 'renew-release'].map(log);
    const perfdhcp = judgeImported(importPerfdhcp(logs), []);
    const capture = judged(fixture('dhcp6-ethernet.pcap'));
    expect(capture.cases.map(({ name }) => name)).toEqual(['dhcp6-ia-na-pd', 'dhcp6-ia-na']);
    for (const [i, one] of capture.cases.entries()) {
      const other = perfdhcp.cases[i];
      expect(other).toMatchObject({ name: one.name, servers: one.servers, clients: one.clients });
      expect(one.phases.map(({ name, firstAttempt }) => ({ name, firstAttempt }))).toEqual(
        other?.phases.map(({ name, firstAttempt }) => ({ name, firstAttempt })),
      );
    }
  });

  it('names refusals, has latencies, and knows which clients hold a lease after renewals and releases', () => {
    const [v4, both, renewed] = judgedBytes(pcapFile(packets)).cases;
    expect(v4).toMatchObject({ name: 'dhcp4', clients: 27, clientsWithLease: 19, schedule: null });
    expect(v4?.phases[1]?.refusals.reasons).toEqual([{ reason: 'NAK', firstAttempt: 8, allAttempts: 8 }]);
    expect(v4?.phases[0]?.latencyMs?.p50).toBeGreaterThan(0.5);
    expect(both?.phases[2]?.refusals.reasons.map(({ reason }) => reason)).toEqual([
      'NoAddrsAvail',
      'NoPrefixAvail',
    ]);
    expect(renewed).toMatchObject({ clients: 9, clientsWithLease: 8 });
    expect(renewed?.phases.map(({ name }) => name)).toEqual([
      'SOLICIT-ADVERTISE',
      'REQUEST-REPLY',
      'RENEW-REPLY',
    ]);
  });

  it.each(Object.entries(LINKS))('gives the same figures over %s', (_, { type, head }) => {
    const other = judgedBytes(pcapFile(packets, { linkType: type, head }));
    expect(figures(other)).toEqual(figures(judgedBytes(pcapFile(packets))));
  });

  it.each([
    ['big-endian', { bigEndian: true }],
    ['of nanoseconds', { nanoseconds: true }],
    ['big-endian of nanoseconds', { bigEndian: true, nanoseconds: true }],
  ])('is the same in a pcap file that is %s', (_, options) => {
    expect(figures(judgedBytes(pcapFile(packets, options)))).toEqual(figures(judgedBytes(pcapFile(packets))));
  });

  it.each([
    ['little-endian', {}],
    ['big-endian', { bigEndian: true }],
    ['of nanoseconds', { resolution: 9 }],
    ['of 2^-20 s', { resolution: 0x94 }],
  ])('is the same in a pcapng file that is %s', (_, options) => {
    const [ng, plain] = [judgedBytes(pcapngFile(packets, options)), judgedBytes(pcapFile(packets))];
    const counts = ({ cases }: Result) =>
      cases.map((one) => ({
        ...one,
        series: one.series && { ...one.series, latency: null },
        phases: one.phases.map(({ firstAttempt, outcomes }) => ({ firstAttempt, outcomes })),
      }));
    expect(counts(ng)).toEqual(counts(plain));
    expect(ng.startedAt).toBe(plain.startedAt);
  });

  it('gives the same figures when Wireshark’s editcap has converted it to pcapng', () => {
    const [ng, plain] = [judged(fixture('dhcp6-ethernet.pcapng')), judged(fixture('dhcp6-ethernet.pcap'))];
    expect(figures(ng)).toEqual(figures(plain));
  });

  it('is judged also from packet blocks without a time', () => {
    const [one] = judgedBytes(pcapngFile(packets, { simple: true })).cases;
    expect(one?.phases[0]?.firstAttempt.responses).toBe(27);
  });

  it('counts a packet once that a capture of all interfaces saw twice', () => {
    const cooked = (type: string) => (packet: IpPacket) => {
      const head = Buffer.from(LINKS['Linux cooked']?.head(packet) ?? []);
      head.write(type, 0, 'hex');
      return head;
    };
    const both = packets.flatMap(({ atUs, ip }, i) => [
      { atUs, ip, out: i % 2 === 0 },
      { atUs: atUs + 3, ip, out: i % 2 !== 0 },
    ]);
    const out = new Set(both.filter((one) => one.out).map(({ ip, atUs }) => `${ip.toString('hex')}${atUs}`));
    const bytes = pcapFile(both, {
      linkType: LINK.linuxCooked,
      head: (packet) =>
        cooked(out.has(`${packet.ip.toString('hex')}${packet.atUs}`) ? '0004' : '0000')(packet),
    });
    const result = judgedBytes(bytes);
    expect(
      result.cases.map(({ phases }) => phases.map((phase) => [phase.outcomes, phase.extraAnswers])),
    ).toEqual(
      judgedBytes(pcapFile(packets)).cases.map(({ phases }) =>
        phases.map((phase) => [phase.outcomes, phase.extraAnswers]),
      ),
    );
    expect(result.source?.notes.join()).toContain(
      `${packets.length} packets were captured twice, and count once`,
    );
  });
});

describe('a gap in a capture', () => {
  it('is named, and makes the verdict inconclusive: datagrams cut short', () => {
    const result = judgedBytes(pcapFile(packets, { snapLength: 290 }));
    expect(result.verdict).toBe('inconclusive');
    expect(result.checks[0]).toMatchObject({ name: 'source.complete', verdict: 'inconclusive' });
    expect(result.checks[0]?.actual).toMatch(/\d+ messages of DHCP were cut short at 290 bytes/);
    expect(() => judgedBytes(pcapFile(packets, { snapLength: 100 }))).toThrow(
      /of its 256 packets were cut short at 100 bytes/,
    );
    expect(() => judgedBytes(pcapFile(packets, { snapLength: 21 }))).toThrow(/cut short at 21 bytes/);
  });

  it('is named, and makes the verdict inconclusive: datagrams with missing fragments', () => {
    const [whole = packets[0], ...others] = packets;
    if (whole === undefined) throw new Error('no packet');
    const first = Buffer.from(whole.ip.subarray(0, 20 + 256));
    first.writeUInt16BE(first.length, 2);
    first.writeUInt16BE(0x2000, 6);
    const second = Buffer.concat([whole.ip.subarray(0, 20), whole.ip.subarray(20 + 256)]);
    second.writeUInt16BE(second.length, 2);
    second.writeUInt16BE(32, 6);
    const [begin, rest] = [
      { ...whole, ip: first },
      { ...whole, ip: second },
    ];
    const figuresOfWhole = figures(judgedBytes(pcapFile(packets)));
    expect(figures(judgedBytes(pcapFile([begin, rest, ...others])))).toEqual(figuresOfWhole);
    expect(figures(judgedBytes(pcapFile([rest, begin, ...others])))).toEqual(figuresOfWhole);
    for (const part of [begin, rest]) {
      const result = judgedBytes(pcapFile([part, ...others]));
      expect(result.checks[0]?.actual).toBe('1 fragment of a datagram, which could not be put together');
      expect(result.cases[0]?.phases[0]?.unmatched).toBe(1);
    }
  });

  it('does not change the verdict where the fragments are not of DHCP', () => {
    const dns = ipPacket(
      1,
      { address: '10.0.0.1', port: 53 },
      { address: '10.0.0.2', port: 4242 },
      Buffer.alloc(600),
    );
    dns.ip.writeUInt16BE(0x2000, 6);
    expect(judgedBytes(pcapFile([dns, ...packets])).verdict).toBe('pass');
  });
});
