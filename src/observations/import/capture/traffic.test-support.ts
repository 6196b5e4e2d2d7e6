import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatIpv6 } from '../../../dhcp/v6/index.js';
import type { Observation } from '../../observation.js';
import { ipPacket, pcapFile, type IpPacket } from './capture.test-support.js';
import { importCapture, type CaptureOptions } from './import.js';
import type { Endpoint } from './file/udp.js';

/** Datagrams a tenth of a second apart, to be read from a capture below `directory`. */
export class Traffic {
  readonly packets: IpPacket[] = [];
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  say(from: Endpoint, to: Endpoint, payload: Uint8Array): this {
    this.packets.push(ipPacket(1_000_000_000_000 + 100_000 * this.packets.length, from, to, payload));
    return this;
  }

  imported(options: CaptureOptions = {}) {
    const path = join(this.#directory, 'a.pcap');
    writeFileSync(path, pcapFile(this.packets));
    return importCapture(path, options);
  }

  /**
   * The observations as text, such as `sent 0 server-1` and `lease 0 server-1 10.0.1.1`: what it is, the transaction,
   * its server, and the lease.
   */
  told(): string[] {
    const { layout, observations } = this.imported();
    return [...observations()].map((one) => told(one, layout.cases[one.caseIndex]?.servers ?? []));
  }
}

function told(one: Observation, servers: readonly string[]): string {
  const parts = [one.type === 'answer' ? one.kind : one.type, one.transaction, servers[one.server]];
  if (one.type === 'sent' && one.retransmission > 0) parts.push(`again ${one.retransmission}`);
  if (one.type === 'answer') {
    if (one.fromServer !== one.server) parts.push(`from ${servers[one.fromServer] ?? ''}`);
    if (one.answerIndex > 0) parts.push(`extra ${one.answerIndex}`);
    if (one.lease.length > 0)
      parts.push(one.lease.length === 4 ? one.lease.join('.') : formatIpv6(one.lease));
  }
  return parts.join(' ');
}
