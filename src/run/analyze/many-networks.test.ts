import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ipPacket, pcapFile } from '../../observations/import/capture/capture.test-support.js';
import { importCapture } from '../../observations/import/capture/import.js';
import { LINK } from '../../observations/import/capture/file/link-types.js';
import { terminalReport } from '../../report/text/terminal.js';
import { judgeImported } from './imported-source.js';

/** Each network of a capture has cases of its own, and QinQ allows sixteen million networks. */

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'many-networks-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const SECOND = 1_000_000;

/** A capture with one DISCOVER in each of so many networks. */
function inNetworks(networks: number): string {
  const discover = Buffer.alloc(244);
  discover.set([1, 1, 6]);
  discover.set([0x63, 0x82, 0x53, 0x63, 53, 1, 1, 255], 236);
  const packets = Array.from({ length: networks }, (_, network) => {
    const payload = Buffer.from(discover);
    payload.writeUInt32BE(network + 1, 4);
    payload.writeUInt32BE(network, 30);
    const [client, everybody] = [
      { address: '0.0.0.0', port: 68 },
      { address: '255.255.255.255', port: 67 },
    ];
    return ipPacket(SECOND + network, client, everybody, payload);
  });
  const head = ({ atUs }: { atUs: number }): Buffer => {
    const network = atUs - SECOND;
    const ethernet = Buffer.alloc(22);
    ethernet.writeUInt32BE(0x8100_0001 + (network >> 12), 12);
    ethernet.writeUInt32BE(0x8100_0000 + (network & 0xfff), 16);
    ethernet.writeUInt16BE(0x0800, 20);
    return ethernet;
  };
  const path = join(directory, `${networks}.pcap`);
  writeFileSync(path, pcapFile(packets, { linkType: LINK.ethernet, head }));
  return path;
}

function cpuSecondsFor(networks: number): number {
  const path = inNetworks(networks);
  const cpuBefore = process.cpuUsage();
  const result = judgeImported(importCapture(path), []);
  expect(result.cases).toHaveLength(networks);
  terminalReport(result, { runDirectory: '' });
  return process.cpuUsage(cpuBefore).user / 1e6;
}

describe('very many networks', () => {
  it('take about the same time each', () => {
    cpuSecondsFor(100);
    expect(cpuSecondsFor(3_000) / cpuSecondsFor(300)).toBeLessThan(30);
  });

  it('are refused where there are more cases than numbers for them', () => {
    expect(() => importCapture(inNetworks(65_537))).toThrow(/has 65537 cases .* at most 65536/);
  });
});
