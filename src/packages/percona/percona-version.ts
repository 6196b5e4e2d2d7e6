import { HarnessError } from '../../errors.js';
import { isAtLeast } from '../../versions.js';

/** The release series that this harness knows, oldest first. */
export const PERCONA_SERIES = ['5.6', '5.7', '8.0', '8.4', '9.7'] as const;

export type PerconaSeries = (typeof PERCONA_SERIES)[number];

/** A supported version of Percona XtraDB Cluster such as `8.0.36`, comparable. */
export class PerconaVersion {
  readonly text: string;
  readonly series: PerconaSeries;

  /** @throws HarnessError PREREQUISITE for a version of a series that isn't supported */
  constructor(text: string) {
    const [, found = ''] = /^(\d+\.\d+)\.\d+/.exec(text) ?? [];
    const series = PERCONA_SERIES.find((one) => one === found);
    if (series === undefined) {
      throw new HarnessError('PREREQUISITE', `Percona XtraDB Cluster ${text} is not supported`, {
        hint: `name an installation of ${PERCONA_SERIES.join(', ')}: KEA_CONFORMANCE_PERCONA or cluster.percona`,
      });
    }
    this.text = text;
    this.series = series;
  }

  /** Whether this version is `other` or later, where `other` is such as `8.0` or `8.0.30`. */
  atLeast(other: string): boolean {
    return isAtLeast(this.text, other);
  }
}
