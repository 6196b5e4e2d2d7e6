/**
 * Things numbered from 0, grouped by a number that each has, such as the holdings of each lease. They take four bytes
 * each, and stand in a group in their own order.
 */
export class Groups {
  /** By group: where it ends in {@link members}. It begins where the group before ends. */
  readonly #ends: Uint32Array;
  readonly members: Uint32Array;

  constructor(count: number, groups: number, groupOf: (thing: number) => number) {
    const ends = new Uint32Array(groups + 1);
    this.members = new Uint32Array(count);
    for (let thing = 0; thing < count; thing++) bump(ends, groupOf(thing) + 1);
    for (let group = 1; group <= groups; group++) ends[group] = (ends[group] ?? 0) + (ends[group - 1] ?? 0);
    // At first `ends` holds the start of each group. Filling moves each start up to the start of the next group, which
    // is the end of its own.
    for (let thing = 0; thing < count; thing++) this.members[bump(ends, groupOf(thing))] = thing;
    this.#ends = ends;
  }

  startOf(group: number): number {
    return group === 0 ? 0 : (this.#ends[group - 1] ?? 0);
  }

  endOf(group: number): number {
    return this.#ends[group] ?? 0;
  }

  of(group: number): Uint32Array {
    return this.members.subarray(this.startOf(group), this.endOf(group));
  }
}

function bump(values: Uint32Array, index: number): number {
  const before = values[index] ?? 0;
  values[index] = before + 1;
  return before;
}
