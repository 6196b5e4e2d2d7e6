import { timeOf, type Observation } from '../observation.js';
import { AppendedFile } from './appended-file.js';
import { emptyBatch } from './batched-file.js';
import { JOURNAL_FILE } from './format.js';
import { decoded, decodeRecord, encodeRecord, RECORD_BYTES } from './record.js';

/**
 * So many records are held back, so that what happened before them can still be put before them: more than a turn of the load
 * makes, also where each of 256 messages goes to all of three servers, in three cases.
 */
const HELD_BACK = 4_096;
const MOST = 2 * HELD_BACK;

/**
 * Writes the observations of a load that runs, in the order of their times. The kernel says when an answer arrived, and
 * the load reads it later, perhaps after it has sent another message. So an answer may be older than the last records;
 * it is put before them. Errors of all methods: STORAGE.
 *
 * It also tells of each observation once, later and many at a time: that costs much less than one by one, between system
 * calls.
 */
export class LiveJournal {
  readonly #file: AppendedFile;
  readonly #batch = emptyBatch(MOST * RECORD_BYTES);
  readonly #atUs = new Float64Array(MOST);
  readonly #moved = Buffer.alloc(RECORD_BYTES);
  readonly #tell: (observation: Observation) => void;
  readonly #read = decoded();
  #count = 0;
  /** How many of them were told. */
  #told = 0;
  #records = 0;
  #open = true;

  /**
   * @param path a journal that was begun and closed
   * @param tell is told of each observation, which is valid until the call returns. Those of one moment may come in
   *   another order than they were appended
   */
  constructor(path: string, tell: (observation: Observation) => void = () => undefined) {
    this.#tell = tell;
    this.#file = new AppendedFile({ path, exists: true, ...JOURNAL_FILE });
  }

  /** Number of observations that were appended. */
  get records(): number {
    return this.#records;
  }

  /** As records are written in batches, an error may come with a later record. */
  append(observation: Observation): void {
    if (this.#count === MOST) this.#write(HELD_BACK);
    const atUs = timeOf(observation);
    const place = this.#count++;
    encodeRecord(observation, this.#batch.view, place * RECORD_BYTES);
    this.#records++;
    let earlier = place;
    while (earlier > 0 && (this.#atUs[earlier - 1] ?? 0) > atUs) earlier--;
    if (earlier < place) this.#move(place, earlier);
    this.#atUs[earlier] = atUs;
    if (earlier < this.#told) {
      this.#tellOf(earlier);
      this.#told++;
    }
  }

  /** Tells of all that was appended and not told yet. */
  tellAll(): void {
    this.#tellUntil(this.#count);
  }

  /** Writes what is left and closes the file. A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#write(this.#count);
    } finally {
      this.#file.close();
    }
  }

  #tellUntil(count: number): void {
    for (; this.#told < count; this.#told++) this.#tellOf(this.#told);
  }

  #tellOf(place: number): void {
    const observation = decodeRecord(this.#batch.view, place * RECORD_BYTES, this.#read);
    if (observation !== undefined) this.#tell(observation);
  }

  #move(from: number, to: number): void {
    const { bytes } = this.#batch;
    bytes.copy(this.#moved, 0, from * RECORD_BYTES, (from + 1) * RECORD_BYTES);
    bytes.copyWithin((to + 1) * RECORD_BYTES, to * RECORD_BYTES, from * RECORD_BYTES);
    this.#moved.copy(bytes, to * RECORD_BYTES);
    this.#atUs.copyWithin(to + 1, to, from);
  }

  /** Writes the first records. The others move to the front. */
  #write(records: number): void {
    this.#tellUntil(records);
    this.#told -= records;
    const { bytes } = this.#batch;
    const written = records * RECORD_BYTES;
    const left = this.#count - records;
    this.#count = left;
    this.#file.write(bytes.subarray(0, written));
    bytes.copyWithin(0, written, written + left * RECORD_BYTES);
    bytes.fill(0, left * RECORD_BYTES);
    this.#atUs.copyWithin(0, records, records + left);
  }
}
