import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ipPacket, pcapFile } from '../src/observations/import/capture/capture.test-support.js';
import {
  SAMPLE_NAMES,
  sampleOf,
  type Sample,
} from '../src/observations/import/capture/file/layers/samples.test-support.js';
import { tshark } from './support/tshark.js';

const XID = Buffer.from('00aabbcc', 'hex');
const discover = Buffer.alloc(300);
discover.set([1, 1, 6, 0, ...XID]);
discover.set([2, 0, 0, 0, 0, 1], 28);
discover.set([0x63, 0x82, 0x53, 0x63, 53, 1, 1, 255], 236);
const solicit = Buffer.from([
  1,
  ...XID.subarray(1),
  0,
  1,
  0,
  10,
  0,
  3,
  0,
  1,
  2,
  0,
  0,
  0,
  0,
  1,
  0,
  8,
  0,
  2,
  0,
  0,
]);

const IPS = {
  DHCPv4: ipPacket(0, { address: '0.0.0.0', port: 68 }, { address: '255.255.255.255', port: 67 }, discover)
    .ip,
  DHCPv6: ipPacket(0, { address: 'fe80::1', port: 546 }, { address: 'ff02::1:2', port: 547 }, solicit).ip,
};

/** Samples for one call of tshark: they have one link type, and need the same options. */
interface Group {
  samples: { name: string; sample: Sample }[];
}

const named = Object.entries(IPS).flatMap(([protocol, ip]) =>
  SAMPLE_NAMES.map((name) => ({ name: `${protocol} in ${name}`, sample: sampleOf(name, ip) })),
);
const groups = new Map<string, Group>();
for (const one of named) {
  const key = [one.sample.linkType, ...(one.sample.wireshark ?? [])].join(' ');
  const group = groups.get(key) ?? { samples: [] };
  group.samples.push(one);
  groups.set(key, group);
}

describe('samples of packet encapsulations', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'layers-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([...groups])('of link type %s are DHCP to Wireshark too', async (_, { samples }) => {
    const [{ sample: { linkType, wireshark = [] } } = { sample: sampleOf('Ethernet', IPS.DHCPv4) }] = samples;
    const path = join(directory, 'samples.pcap');
    writeFileSync(
      path,
      pcapFile(
        samples.map(({ sample }) => ({ atUs: 0, ip: sample.frame })),
        { linkType },
      ),
    );
    const fields = ['dhcp.id', 'dhcpv6.xid', 'frame.protocols'].flatMap((field) => ['-e', field]);
    const told = await tshark(['-r', path, ...wireshark, '-T', 'fields', ...fields]);
    const lines = told.trimEnd().split('\n');
    const transactions = lines.map((line, i) => {
      const [v4, v6, protocols] = line.split('\t');
      return [samples[i]?.name, v4 || v6 || protocols];
    });
    expect(transactions).toEqual(
      samples.map(({ name }) => [name, name.startsWith('DHCPv4') ? '0x00aabbcc' : '0xaabbcc']),
    );
  });
});
