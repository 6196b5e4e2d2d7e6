/** The longest that a datagram waits to be read, microseconds. */
const LONGEST_US = 250;
/** At so many messages a second, waking is put off for `LONGEST_US`; at fewer, for as much less. */
const BUSY_PER_S = 4_000;
const LOOK_EVERY_US = 20_000;

/**
 * Decides how long the load leaves what arrives unread, so that one waking serves several messages. At low rates it
 * reads at once; the more messages, the longer it waits. The kernel notes when each datagram arrived, so this costs no
 * accuracy.
 */
export class Waking {
  #messages = 0;
  #sinceUs = 0;
  #pauseUs = 0;

  /** Messages have come or gone. */
  count(messages: number): void {
    this.#messages += messages;
  }

  /** The least time between two wakings, microseconds. */
  pauseUs(nowUs: number): number {
    const forUs = nowUs - this.#sinceUs;
    if (forUs >= LOOK_EVERY_US) {
      const perS = (this.#messages * 1_000_000) / forUs;
      this.#pauseUs = LONGEST_US * Math.min(1, perS / BUSY_PER_S);
      this.#messages = 0;
      this.#sinceUs = nowUs;
    }
    return this.#pauseUs;
  }
}
