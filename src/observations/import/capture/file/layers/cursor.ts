import type { Datagram } from '../udp.js';
import type { Reassembly } from './reassembly.js';

const EMPTY = Buffer.alloc(0);

/** One of several frames inside a frame, which is still to be read. */
interface Branch {
  follows: number;
  bytes: Buffer;
  at: number;
  end: number;
  network: string;
}

/**
 * How far a frame is read, and what its layers have told so far. One cursor serves all frames, so that a frame costs
 * no object.
 */
export class Cursor {
  bytes: Buffer = EMPTY;
  /** Where the next header begins. */
  at = 0;
  /** Where the frame ends, or the packet inside it, without the padding behind. */
  end = 0;
  /** Where the innermost IP packet would end if the capture had all of it. */
  ipEnd = 0;
  /** The number of bytes that the capture has of the frame. */
  captured = 0;
  atUs = 0;
  /** Linux cooked captures of all interfaces see a packet on its way out, and again on its way in. */
  direction: 'out' | 'in' | undefined;
  /** `VLAN 10`, `VLAN 10.20` of one inside another, `VLAN 10 VNI 5000`; empty outside of any. */
  network = '';
  /**
   * The version of the innermost IP header. `addresses` has its source and destination, one behind the other, from
   * `addressesAt`.
   */
  family: 4 | 6 = 4;
  addresses: Buffer = EMPTY;
  addressesAt = 0;
  /** Where the header of the innermost UDP datagram begins. */
  udpAt = 0;
  /** What in the frame can't be read, such as `protected 802.11 frames`; else undefined. */
  closed: string | undefined;
  /** Fragments that were captured before. */
  copies = 0;
  readonly found: Datagram[] = [];
  readonly branches: Branch[] = [];

  /** @param knows whether some layer reads what this number announces */
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

  /** A number in network byte order, `offset` bytes behind the cursor. Ask `has` before. */
  u8(offset: number): number {
    return this.bytes[this.at + offset] ?? 0;
  }

  u16(offset: number): number {
    return this.bytes.readUInt16BE(this.at + offset);
  }

  u32(offset: number): number {
    return this.bytes.readUInt32BE(this.at + offset);
  }

  /** Limits what is read next to this many bytes. */
  limit(length: number): void {
    this.end = Math.min(this.end, this.at + length);
  }

  /** What is read next belongs to a VLAN. 0 means that a tag has a priority and no VLAN (IEEE 802.1Q). */
  enterVlan(vlan: number): void {
    if (vlan === 0) return;
    const inVlan = /VLAN [\d.]+$/.test(this.network);
    this.network += inVlan ? `.${vlan}` : `${this.network === '' ? '' : ' '}VLAN ${vlan}`;
  }

  /** What is read next belongs to a VXLAN or GENEVE network. */
  enterVni(vni: number): void {
    this.network += `${this.network === '' ? '' : ' '}VNI ${vni}`;
  }

  /** Notes another frame inside this one, which is read after it. */
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
