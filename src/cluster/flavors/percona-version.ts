import { HarnessError } from '../../errors.js';

const SERIES = ['5.6', '5.7', '8.0', '8.4'] as const;

export type PerconaSeries = (typeof SERIES)[number];

/** A supported version of Percona XtraDB Cluster such as `8.0.36`, comparable. */
export class PerconaVersion {
  readonly text: string;
  readonly series: PerconaSeries;
  readonly #parts: readonly number[];

  /** @throws HarnessError PREREQUISITE for a version of a series that isn't supported */
  constructor(text: string) {
    const [, found = ''] = /^(\d+\.\d+)\.\d+/.exec(text) ?? [];
    const series = SERIES.find((one) => one === found);
    if (series === undefined) {
      throw new HarnessError('PREREQUISITE', `Percona XtraDB Cluster ${text} is not supported`, {
        hint: `name an installation of ${SERIES.join(', ')}: KEA_CONFORMANCE_PERCONA or cluster.percona`,
      });
    }
    this.text = text;
    this.series = series;
    this.#parts = text.split('.').map((part) => parseInt(part, 10));
  }

  /** True for this version and later ones: `8.0`, `8.0.30`. */
  atLeast(other: string): boolean {
    for (const [index, wanted] of other.split('.').map(Number).entries()) {
      const own = this.#parts[index] ?? 0;
      if (own !== wanted) return own > wanted;
    }
    return true;
  }
}
