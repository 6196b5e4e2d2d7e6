import { sourceError } from '../../../source-error.js';
import { ByteSource } from './byte-source.js';
import { SECTION_HEADER } from './file-format.js';
import { PacketReader, type LostDatagram, type PacketCounts } from './layers/packet-reader.js';
import { CutOff, type Packet } from './packet.js';
import { readPcap } from './pcap.js';
import { readPcapng } from './pcapng.js';
import { Copies } from './copies.js';
import type { Unpacked } from './gzip.js';
import { PacketOrder } from './packet-order.js';
import type { Datagram } from './udp.js';
import { noteUnread, type Unread } from '../message/unread.js';
import { ownCommand } from '../../../../tool.js';

/** Counts the packets of a capture, and tells what did not become a datagram. */
export interface CaptureCounts extends PacketCounts {
  packets: number;
  /** Datagrams that could not be put together, but whose first fragment is there. */
  lost: LostDatagram[];
  /** Fragments of other datagrams that could not be put together. */
  lostFragments: number;
  /**
   * Parts of the file that may have been DHCP messages: fragments of datagrams whose ports are unknown, damaged
   * blocks, and messages that were cut short or can't be read.
   */
  unread: Unread[];
  /** Datagrams and fragments that a capture of several interfaces has a second time. */
  copies: number;
  /** Damaged packets and blocks that were passed over. `damages` tells what is wrong with the first of them. */
  passedOver: number;
  damages: string[];
  /** Why the file is not read to its end; undefined if it is. */
  cutOff: string | undefined;
  /**
   * The order of the packets by time. It is absent until the first pass has determined it, and later passes use it
   * again.
   */
  order?: PacketOrder;
}

export function noCounts(): CaptureCounts {
  return {
    packets: 0,
    unknownLinks: new Map(),
    closed: new Map(),
    cutBefore: { frames: 0, atBytes: 0 },
    lost: [],
    lostFragments: 0,
    unread: [],
    copies: 0,
    passedOver: 0,
    damages: [],
    cutOff: undefined,
  };
}

const DAMAGES_TOLD = 3;

/** At most this many lost datagrams are kept. A capture that lost more can't be judged anyway. */
const LOST_KEPT = 10_000;

const HINT = `name a capture as tcpdump, dumpcap or \`${ownCommand('run --capture')}\` write it`;

/**
 * The UDP datagrams of a capture, with their times in microseconds since 1970. `counts` is filled on the way.
 * Errors: SOURCE for a file that is no capture. Without `partial` also for one that is damaged or cut off. With
 * `partial`, damaged packets are passed over as long as the next one can be found.
 *
 * @param unpacked the content of the file, if it is compressed
 * @param onAcross is called with two VLANs that have the same datagram
 */
export function* datagramsOf(
  path: string,
  counts: CaptureCounts,
  partial: boolean,
  unpacked?: Unpacked,
  onAcross: (network: string, other: string) => void = () => undefined,
): Generator<{ datagram: Datagram; atUs: number }> {
  const copies = new Copies(onAcross);
  const reader = new PacketReader(counts, (lost) => {
    if (lost.start !== undefined && counts.lost.length < LOST_KEPT) counts.lost.push(lost);
    else {
      counts.lostFragments += lost.fragments;
      noteUnread(counts.unread, unknownAt(lost.atUs, 'fragments could not be put together'));
    }
  });
  for (const packet of orderedPackets({ path, unpacked, partial }, counts)) {
    counts.packets++;
    for (const datagram of reader.read(packet)) {
      // A datagram that was cut short is never a copy: what was cut off may be all that tells two messages apart.
      if (!datagram.cut && copies.isOne(datagram, reader.direction, packet.atUs)) counts.copies++;
      else yield { datagram, atUs: packet.atUs };
    }
  }
  reader.end();
}

interface CaptureFile {
  path: string;
  unpacked: Unpacked | undefined;
  partial: boolean;
}

const open = ({ path, unpacked }: CaptureFile): ByteSource => new ByteSource(path, unpacked?.descriptor);

/**
 * The packets in order of time. Programs that capture at several interfaces, or join files, may write another order.
 */
function* orderedPackets(file: CaptureFile, counts: CaptureCounts): Generator<Packet> {
  counts.order ??= orderOf(file, counts);
  if (counts.order.isInOrder) {
    yield* packetsOf(file, noCounts());
    return;
  }
  const source = open(file);
  try {
    yield* counts.order.packets((offset, length) => source.at(offset, length));
  } finally {
    source.close();
  }
}

function orderOf(file: CaptureFile, counts: CaptureCounts): PacketOrder {
  const order = new PacketOrder();
  for (const packet of packetsOf(file, counts)) order.add(packet);
  order.end();
  return order;
}

function* packetsOf(file: CaptureFile, counts: CaptureCounts): Generator<Packet> {
  const { path, unpacked, partial } = file;
  const source = open(file);
  let lastUs = -Infinity;
  let damaged: Unread | undefined;
  const onDamage = (what: string): void => {
    if (!partial) throw sourceError(path, what, 'use --partial to skip it');
    counts.passedOver++;
    if (counts.damages.length < DAMAGES_TOLD) counts.damages.push(what);
    damaged ??= { ...unknownAt(lastUs, 'a damaged block was skipped'), untilUs: Infinity };
  };
  try {
    for (const packet of isPcapng(file) ? readPcapng(source, onDamage) : readPcap(source)) {
      lastUs = packet.atUs;
      if (damaged !== undefined) {
        // Programs that join files write packets that go back in time.
        const { fromUs } = damaged;
        const between = { fromUs: Math.min(fromUs, lastUs), untilUs: Math.max(fromUs, lastUs) };
        noteUnread(counts.unread, { ...damaged, ...between });
        damaged = undefined;
      }
      yield packet;
    }
    if (damaged !== undefined) noteUnread(counts.unread, damaged);
    counts.cutOff = unpacked?.cutOff;
  } catch (error) {
    // The content ends early because the compressed file does, so its reason is the one to tell.
    if (error instanceof CutOff && partial) counts.cutOff = unpacked?.cutOff ?? error.message;
    else if (error instanceof CutOff) {
      throw sourceError(path, error.message, 'use --partial to judge what comes before');
    } else if (error instanceof RangeError) throw sourceError(path, unpacked?.cutOff ?? error.message, HINT);
    else throw error;
  } finally {
    source.close();
  }
}

function unknownAt(atUs: number, what: string): Unread {
  return { fromUs: atUs, untilUs: atUs, family: undefined, what, whose: '' };
}

function isPcapng(file: CaptureFile): boolean {
  const source = open(file);
  try {
    const start = source.take(4);
    return start.length === 4 && start.readUInt32BE(0) === SECTION_HEADER;
  } finally {
    source.close();
  }
}
