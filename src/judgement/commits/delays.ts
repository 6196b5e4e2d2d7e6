import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import type { CommitsJudgement } from '../../results/commits.js';

/** How long commits took from the node through which they were made to the others. */
export class Delays {
  readonly #ms: number[] = [];
  readonly #widths: number[] = [];

  /** Adds one change as each node has committed it. */
  add(same: readonly (readonly [serverId: number, change: LeaseChange])[]): void {
    const made = same.find(([serverId, { serverId: through }]) => serverId === through)?.[1];
    for (const [, { afterUs, byUs }] of same)
      if (afterUs !== null && byUs !== null) this.#widths.push((byUs - afterUs) / 1_000);
    const from = made === undefined ? null : middleOf(made);
    if (from === null) return;
    for (const [serverId, change] of same) {
      const to = middleOf(change);
      if (serverId !== change.serverId && to !== null) this.#ms.push((to - from) / 1_000);
    }
  }

  get resolutionMs(): number | null {
    return this.#widths.length === 0 ? null : percentile(sorted(this.#widths), 0.99);
  }

  get replicationMs(): CommitsJudgement['replicationMs'] {
    if (this.#ms.length === 0) return null;
    const all = sorted(this.#ms);
    return {
      measured: all.length,
      p50: percentile(all, 0.5),
      p99: percentile(all, 0.99),
      max: percentile(all, 1),
    };
  }
}

function middleOf({ afterUs, byUs }: LeaseChange): number | null {
  return afterUs === null || byUs === null ? null : (afterUs + byUs) / 2;
}

function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

function percentile(all: Float64Array, share: number): number {
  return Math.round((all[Math.max(0, Math.ceil(share * all.length) - 1)] ?? 0) * 10) / 10;
}
