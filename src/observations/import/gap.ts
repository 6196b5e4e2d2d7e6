/**
 * A part of a source that is missing or could not be read. It may have been a message that ends a holding. Times are
 * microseconds of the run's clock.
 */
export interface Gap {
  fromUs: number;
  /** Equal to `fromUs` for a message whose time is known. */
  untilUs: number;
  /** The protocol of the leases that the message may be about; undefined if unknown. */
  family: 4 | 6 | undefined;
  /** A clause that says what is missing: `a request could not be read`. */
  what: string;
  /** The clients that the message may be about, by their `owner`; undefined if it may be about any client. */
  owners?: ReadonlySet<number> | undefined;
}
