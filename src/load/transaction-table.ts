const WAITING = 1;
const OVER = 2;

/**
 * The transactions of one case by number: 2a is the first phase of attempt a, 2a + 1 its second. An attempt has both
 * places from its beginning, so that the next one's numbers follow.
 */
export class TransactionTable {
  readonly #state: number[] = [];
  readonly #client: number[] = [];
  readonly #attempt: number[] = [];
  readonly #answers: number[] = [];
  #waiting = 0;

  /** Those without an answer so far, their time not up. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Makes room for an attempt, which is the client's `attempt`-th; returns the number of its first transaction. */
  addAttempt(client: number, attempt: number): number {
    const first = this.#state.length;
    for (const transaction of [first, first + 1]) {
      this.#state[transaction] = 0;
      this.#client[transaction] = client;
      this.#attempt[transaction] = attempt;
      this.#answers[transaction] = 0;
    }
    return first;
  }

  /** Its message leaves. */
  begin(transaction: number): void {
    this.#state[transaction] = WAITING;
    this.#waiting++;
  }

  /** Closes it; false where it was not waiting. */
  end(transaction: number): boolean {
    if (!this.isWaiting(transaction)) return false;
    this.#state[transaction] = OVER;
    this.#waiting--;
    return true;
  }

  /** True once it was begun, also when it is over. */
  isKnown(transaction: number): boolean {
    return (this.#state[transaction] ?? 0) !== 0;
  }

  isWaiting(transaction: number): boolean {
    return this.#state[transaction] === WAITING;
  }

  /** -1 for one that does not exist. */
  clientOf(transaction: number): number {
    return this.#client[transaction] ?? -1;
  }

  attemptOf(transaction: number): number {
    return this.#attempt[transaction] ?? 0;
  }

  answersTo(transaction: number): number {
    return this.#answers[transaction] ?? 0;
  }

  countAnswer(transaction: number): void {
    this.#answers[transaction] = this.answersTo(transaction) + 1;
  }
}

/** 0 for the offering phase, 1 for the committing one. */
export function phaseOf(transaction: number): 0 | 1 {
  return (transaction & 1) === 0 ? 0 : 1;
}
