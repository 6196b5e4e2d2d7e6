import type { Death } from '../evidence/evidence.js';
import { wasKilled } from '../processes/ending.js';
import type { Running } from '../processes/running.js';
import { causeAmong, SAME_CAUSE_MS } from '../processes/same-cause.js';
import { until } from '../processes/wait.js';

export interface Watched {
  kind: Death['kind'];
  name: string;
  /**
   * What its loss may end it: for a server, the node that it is pinned to. Behind a proxy the proxy, and every node, as
   * its connection may be to any of them.
   */
  needs?: readonly string[];
  /** Absent for a node or server that someone else runs: the harness does not see it end. */
  running: Running | undefined;
}

export interface DeathWatchRequest {
  watched: readonly Watched[];
  nowUs: () => number;
  /** Once this signal is aborted, the run is interrupted, and no further ending counts as a death. */
  signal: AbortSignal;
  /** Called at once when something has died that no fault has ended. */
  noticed: () => void;
  /**
   * The place of the fault that ends a server by ending or cutting off its node; absent for a run without faults. A
   * server that loses its database may end, as its settings say.
   */
  faultBehind?: (node: string) => number | undefined;
  /** Called with each death and its cause. A node's or proxy's death is told before those of its servers. */
  told: (death: Death) => void;
}

/** Records which nodes, servers and proxies end unasked during a run, and what caused each death. */
export class DeathWatch {
  readonly #request: DeathWatchRequest;
  readonly #deaths: Death[] = [];
  /** The pending report of each death, by the name of what died. */
  readonly #underWay = new Map<string, Promise<void>>();
  #lastNoticed: number | undefined;
  #over = false;

  constructor(request: DeathWatchRequest) {
    this.#request = request;
    for (const { running, ...one } of request.watched)
      void running?.ended.then(() => this.#notice({ ...one, running }));
  }

  /**
   * Returns the deaths so far. Each cause is followed by the deaths that it caused. First waits a moment for further
   * deaths from the latest cause. Whatever ends after that counts as no death of the run.
   */
  async end(): Promise<Death[]> {
    const { signal } = this.#request;
    const isStill = (): true | undefined =>
      this.#lastNoticed === undefined || performance.now() - this.#lastNoticed >= SAME_CAUSE_MS || undefined;
    await until(isStill, { timeoutMs: 3 * SAME_CAUSE_MS, signal }).catch(() => undefined);
    // While a server's death is reported, the death of its node or proxy may be noticed.
    for (let known = -1; known !== this.#underWay.size;) {
      known = this.#underWay.size;
      await Promise.all(this.#underWay.values());
    }
    this.#over = true;
    return causesFirst(this.#deaths);
  }

  #notice(one: Watched & { running: Running }): void {
    const { noticed, nowUs, signal } = this.#request;
    if (one.running.asked || this.#over || signal.aborted) return;
    const fault = this.#faultBehind(one);
    if (fault !== undefined) {
      this.#underWay.set(one.name, this.#tell(one, nowUs(), fault));
      return;
    }
    this.#lastNoticed = performance.now();
    noticed();
    this.#underWay.set(one.name, this.#tell(one, nowUs()));
  }

  /** A server that crashed, or that somebody killed, has no fault behind it. */
  #faultBehind({ needs = [], running }: Watched & { running: Running }): number | undefined {
    if (running.ending?.signal !== undefined) return undefined;
    return needs.map((name) => this.#request.faultBehind?.(name)).find((fault) => fault !== undefined);
  }

  async #tell(one: Watched & { running: Running }, atUs: number, fault?: number): Promise<void> {
    const { kind, name, running } = one;
    const cause = fault === undefined ? await this.#causeOf(one) : undefined;
    const causeIsTold = cause === undefined ? undefined : this.#underWay.get(cause.name);
    await causeIsTold;
    const death: Death = {
      kind,
      name,
      atUs,
      how: running.how ?? '',
      ...running.ending,
      ...(cause === undefined || causeIsTold === undefined ? {} : { after: cause.name }),
      ...(fault === undefined ? {} : { fault }),
      lastLines: running.lastLines(),
    };
    this.#deaths.push(death);
    this.#request.told(death);
  }

  /** The node or proxy whose loss ended a server, if there is one. A server that somebody killed needs no other cause. */
  async #causeOf({ needs = [], running }: Watched & { running: Running }): Promise<Running | undefined> {
    if (needs.length === 0 || wasKilled(running.ending ?? {})) return undefined;
    const its = this.#request.watched.filter(({ name }) => needs.includes(name));
    return causeAmong(
      its.flatMap((one) => one.running ?? []),
      this.#request.signal,
    );
  }
}

function causesFirst(deaths: readonly Death[]): Death[] {
  const inTime = [...deaths].sort((one, other) => one.atUs - other.atUs);
  return inTime
    .filter(({ after }) => after === undefined)
    .flatMap((cause) => [cause, ...inTime.filter(({ after }) => after === cause.name)]);
}
