import type { Datagram } from '../udp.js';
import type { Reassembly } from './reassembly.js';

const EMPTY = Buffer.alloc(0);

/** The rest of a frame that holds several. */
interface Branch {
  follows: number;
  bytes: Buffer;
  at: number;
  end: number;
  network: string;
}

/** How far a frame is read, and what its layers have told so far. One for all frames: a frame costs no object. */
export class Cursor {
  bytes: Buffer = EMPTY;
  /** Where the next header begins. */
  at = 0;
  /** Where the frame ends, or what is inside it, without the padding behind. */
  end = 0;
  /** Where the innermost IP packet would end, had the capture all of it. */
  ipEnd = 0;
  /** Of the frame in the capture. */
  captured = 0;
  atUs = 0;
  /** Linux cooked captures of all interfaces see a packet on its way out, and again on its way in. */
  direction: 'out' | 'in' | undefined;
  /** `VLAN 10`, `VLAN 10.20` of one inside another, `VLAN 10 VNI 5000`; empty outside of any. */
  network = '';
  /** Of the innermost IP header; the addresses lie behind one another. */
  family: 4 | 6 = 4;
  addresses: Buffer = EMPTY;
  addressesAt = 0;
  /** Where the header of the innermost UDP datagram begins. */
  udpAt = 0;
  /** What can't be read for a reason that has a name, such as `protected 802.11`. */
  closed: string | undefined;
  /** Fragments that were there before. */
  copies = 0;
  readonly found: Datagram[] = [];
  readonly branches: Branch[] = [];

  /** @param knows whether a layer follows on this number */
  constructor(
    readonly reassembly: Reassembly,
    readonly knows: (follows: number) => boolean,
  ) {}

  start(bytes: Buffer, at: number, captured: number, atUs: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = bytes.length;
    this.captured = captured;
    this.atUs = atUs;
    this.direction = undefined;
    this.network = '';
    this.closed = undefined;
    this.found.length = 0;
    this.branches.length = 0;
  }

  /** Whether so many bytes are left. */
  has(length: number): boolean {
    return this.end - this.at >= length;
  }

  /** Numbers in network byte order, behind the cursor; ask `has` before. */
  u8(offset: number): number {
    return this.bytes[this.at + offset] ?? 0;
  }

  u16(offset: number): number {
    return this.bytes.readUInt16BE(this.at + offset);
  }

  u32(offset: number): number {
    return this.bytes.readUInt32BE(this.at + offset);
  }

  /** What is read next is no longer than that. */
  limit(length: number): void {
    this.end = Math.min(this.end, this.at + length);
  }

  /** What is read next belongs to a VLAN; 0 is a priority and no VLAN (IEEE 802.1Q). */
  enterVlan(vlan: number): void {
    if (vlan === 0) return;
    const inVlan = /VLAN [\d.]+$/.test(this.network);
    this.network += inVlan ? `.${vlan}` : `${this.network === '' ? '' : ' '}VLAN ${vlan}`;
  }

  /** What is read next belongs to a network of a VXLAN or GENEVE. */
  enterVni(vni: number): void {
    this.network += `${this.network === '' ? '' : ' '}VNI ${vni}`;
  }

  /** Another frame inside this one, read after it. */
  branch(follows: number, at: number, length: number): void {
    const { bytes, network } = this;
    this.branches.push({ follows, bytes, at, end: Math.min(this.end, at + length), network });
  }

  takeBranch(): number | undefined {
    const branch = this.branches.shift();
    if (branch === undefined) return undefined;
    this.bytes = branch.bytes;
    this.at = branch.at;
    this.end = branch.end;
    this.network = branch.network;
    return branch.follows;
  }
}
