/**
 * Something of a source that is not there or could not be read, and may have been a message that ends a holding. Times in
 * microseconds of the run's clock.
 */
export interface Gap {
  fromUs: number;
  /** The same for a message whose time is known. */
  untilUs: number;
  /** Of which protocol's leases it may have told; undefined where nobody knows. */
  family: 4 | 6 | undefined;
  /** What it is, a clause: `a request could not be read`. */
  what: string;
  /** The clients that it may be of, by their `owner`; undefined where it may be anybody's. */
  owners?: ReadonlySet<number> | undefined;
}
