import { closeSync, openSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { HarnessError, messageOf } from '../../errors.js';
import { encapsulate, headerBytes } from './encapsulate.js';
import { LINK } from './link-layer.js';
import type { Endpoint } from './udp.js';

const BATCH_BYTES = 1 << 18;
const RECORD_HEADER = 16;
const SNAP_LENGTH = 262_144;

/** Microseconds since 1970, never going back within a process. */
function wallClockUs(): number {
  return (performance.timeOrigin + performance.now()) * 1_000;
}

/**
 * Writes datagrams as a pcap file of raw IP packets, in batches. Addresses and ports are the real ones; the IP header
 * is made up around them, as a socket doesn't show it.
 */
export class CaptureWriter {
  readonly #path: string;
  readonly #file: number;
  readonly #nowUs: () => number;
  readonly #batch = Buffer.alloc(BATCH_BYTES);
  #used = 0;
  #packets = 0;
  #open = true;

  /** Errors: STORAGE where the file can't be made or exists. */
  constructor(path: string, nowUs: () => number = wallClockUs) {
    this.#path = path;
    this.#nowUs = nowUs;
    this.#file = this.#guarded(() => openSync(path, 'wx', 0o644));
    const header = Buffer.alloc(24);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(SNAP_LENGTH, 16);
    header.writeUInt32LE(LINK.raw, 20);
    this.#write(header);
  }

  /** Errors: STORAGE, at the latest with the next batch, where the disk is full. */
  append(source: Endpoint, destination: Endpoint, payload: Uint8Array): void {
    const length = headerBytes(source.address) + payload.length;
    if (this.#used + RECORD_HEADER + length > this.#batch.length) this.flush();
    const us = Math.floor(this.#nowUs());
    const at = this.#used;
    this.#batch.writeUInt32LE(Math.floor(us / 1_000_000), at);
    this.#batch.writeUInt32LE(us % 1_000_000, at + 4);
    this.#batch.writeUInt32LE(length, at + 8);
    this.#batch.writeUInt32LE(length, at + 12);
    encapsulate(this.#batch, at + RECORD_HEADER, source, destination, payload, this.#packets++);
    this.#used += RECORD_HEADER + length;
  }

  flush(): void {
    if (this.#used === 0) return;
    const filled = this.#batch.subarray(0, this.#used);
    this.#used = 0;
    this.#write(filled);
    this.#batch.fill(0);
  }

  /** Writes what is left and closes; again is nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #write(bytes: Uint8Array): void {
    this.#guarded(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    });
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new HarnessError('STORAGE', `the capture can't be written: ${messageOf(error)}`, {
        hint: `make room where ${this.#path} lies, or leave --capture away`,
        cause: error,
      });
    }
  }
}
