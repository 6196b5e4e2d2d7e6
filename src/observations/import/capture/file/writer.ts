import { BatchedFile, type Batch } from '../../../journal/batched-file.js';
import { encapsulate, headerBytes } from './encapsulate.js';
import { LINK } from './link-types.js';
import type { Endpoint } from './udp.js';

const BATCH_BYTES = 1 << 18;
const RECORD_HEADER = 16;
const SNAP_LENGTH = 262_144;

/**
 * Writes datagrams as a pcap file of raw IP packets, in batches. Addresses and ports are the real ones. The rest of
 * the IP header is made up, because a socket does not show it.
 */
export class CaptureWriter {
  readonly #file: BatchedFile;
  #packets = 0;

  /** Errors: STORAGE if the file exists or can't be made. */
  constructor(path: string) {
    this.#file = new BatchedFile({
      path,
      batchBytes: BATCH_BYTES,
      what: 'the capture',
      otherwise: 'leave --capture away',
    });
    const header = Buffer.alloc(24);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(SNAP_LENGTH, 16);
    header.writeUInt32LE(LINK.raw, 20);
    this.#file.writeHeader(header);
  }

  /**
   * @param atUs microseconds since 1970
   * @throws HarnessError STORAGE if the disk is full. As packets are written in batches, the error may come with a later packet.
   */
  append(source: Endpoint, destination: Endpoint, payload: Uint8Array, atUs: number): void {
    const length = headerBytes(source.address) + payload.length;
    const us = Math.floor(atUs);
    const write = (datagram: Uint8Array, { bytes: batch }: Batch, at: number): void => {
      batch.writeUInt32LE(Math.floor(us / 1_000_000), at);
      batch.writeUInt32LE(us % 1_000_000, at + 4);
      batch.writeUInt32LE(length, at + 8);
      batch.writeUInt32LE(length, at + 12);
      encapsulate(batch, at + RECORD_HEADER, source, destination, datagram, this.#packets++);
    };
    this.#file.append(RECORD_HEADER + length, write, payload);
  }

  flush(): void {
    this.#file.flush();
  }

  /** Writes what is left and closes the file. A second call does nothing. */
  close(): void {
    this.#file.close();
  }
}
