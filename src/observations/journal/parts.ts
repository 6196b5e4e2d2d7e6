import { existsSync } from 'node:fs';

/** The path of a part of a journal: `journal.bin`, then `journal-2.bin` and so on. Each thread of a load writes one. */
export function journalPart(path: string, index: number): string {
  return index === 0 ? path : path.replace(/(\.[^./]*)?$/, `-${index + 1}$1`);
}

/** The parts of a journal that exist, the first one whether it does or not. */
export function journalParts(path: string): string[] {
  const parts = [path];
  for (let index = 1; existsSync(journalPart(path, index)); index++) parts.push(journalPart(path, index));
  return parts;
}

/** What an observation is put in order by, microseconds. */
export type TimeOf<T> = (one: T) => number;

interface Part<T> {
  of: Iterator<T>;
  next: T | undefined;
  atUs: number;
}

/**
 * One pass over several passes, each in the order of time, in the order of time. An observation that a pass overwrites
 * is not asked for before it was taken. If one pass fails, all of them end.
 */
export class MergedPass<T> implements IterableIterator<T> {
  readonly #passes: Part<T>[];
  readonly #timeOf: TimeOf<T>;
  /** The pass whose observation was taken last. */
  #taken: Part<T> | undefined;

  constructor(passes: readonly Iterable<T>[], timeOf: TimeOf<T>) {
    this.#timeOf = timeOf;
    this.#passes = passes.map((pass) => ({ of: pass[Symbol.iterator](), next: undefined, atUs: Infinity }));
    for (const pass of this.#passes) this.#advance(pass);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    if (this.#taken !== undefined) this.#advance(this.#taken);
    this.#taken = undefined;
    for (const pass of this.#passes)
      if (pass.next !== undefined && (this.#taken === undefined || pass.atUs < this.#taken.atUs))
        this.#taken = pass;
    const value = this.#taken?.next;
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  return(): IteratorResult<T, undefined> {
    for (const { of } of this.#passes) of.return?.();
    return { done: true, value: undefined };
  }

  #advance(pass: Part<T>): void {
    const { done, value } = this.#nextOf(pass);
    pass.next = done === true ? undefined : value;
    pass.atUs = pass.next === undefined ? Infinity : this.#timeOf(pass.next);
  }

  #nextOf({ of }: Part<T>): IteratorResult<T, undefined> {
    try {
      return of.next() as IteratorResult<T, undefined>;
    } catch (error) {
      this.return();
      throw error;
    }
  }
}
