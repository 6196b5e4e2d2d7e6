/**
 * A load that is late makes up for it this much faster than its schedule. All at once would be a burst that no schedule
 * asked for: at 12,000 exchanges a second, 20 ms of it are more than what waits for Kea in its socket's buffer.
 */
const DISTANCE = 0.9;
/** No server takes harm from starts at this distance, however slow the schedule is. */
const LONGEST_DISTANCE_US = 100;
/** Starts that are late by less than this are made at once: the load leaves things undone for a while to save wakings. */
const AT_ONCE_US = 1_000;

/** Says when starts may be made whose time is past. */
export class CatchUp {
  #notBeforeUs = -Infinity;

  /** When a start may be made that is due at `dueUs`. */
  startsAtUs(dueUs: number): number {
    return Math.max(dueUs, this.#notBeforeUs);
  }

  /**
   * A start was made.
   *
   * @param nextDueUs when the next one is due, Infinity for none
   */
  made(dueUs: number, nextDueUs: number, nowUs: number): void {
    if (nextDueUs > nowUs) {
      this.#notBeforeUs = -Infinity;
      return;
    }
    const distanceUs = Math.min(DISTANCE * (nextDueUs - dueUs), LONGEST_DISTANCE_US);
    this.#notBeforeUs = Math.max(this.startsAtUs(dueUs), nowUs - AT_ONCE_US) + distanceUs;
  }
}
