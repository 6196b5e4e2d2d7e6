import type { Death } from '../evidence/evidence.js';
import { wasKilled } from '../processes/ending.js';
import { eachForm, type Running } from '../processes/running.js';
import { causeAmong, SAME_CAUSE_MS } from '../processes/same-cause.js';
import { until } from '../processes/wait.js';
import type { EndedServer } from './faults/caused-end.js';

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
   * The place of the fault that ended a server by taking its database away; absent for a run without faults. A server
   * that loses its database may end, as its settings say.
   */
  faultBehind?: (server: EndedServer) => Promise<number | undefined>;
  /** Called with each death and its cause. A node's or proxy's death is told before those of its servers. */
  told: (death: Death) => void;
}

/** What has died: the process or container that ended. The same program may have been started again since. */
type Dead = Omit<Watched, 'running'> & { form: Running };

/**
 * Records which nodes, servers and proxies end unasked during a run, and what caused each death. What is started again
 * may die again.
 */
export class DeathWatch {
  readonly #request: DeathWatchRequest;
  readonly #deaths: Death[] = [];
  /** The reports of all deaths, those that are complete and those that are not. */
  readonly #reports: Promise<void>[] = [];
  /** The report of the latest death of each, by its name. */
  readonly #latest = new Map<string, Promise<void>>();
  #lastNoticed: number | undefined;
  #over = false;

  constructor(request: DeathWatchRequest) {
    this.#request = request;
    for (const { running, ...one } of request.watched) {
      if (running === undefined) continue;
      eachForm(running, (form) => void form.ended.then(() => this.#notice({ ...one, form })));
    }
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
    for (let known = -1; known !== this.#reports.length;) {
      known = this.#reports.length;
      await Promise.all(this.#reports);
    }
    this.#over = true;
    return causesFirst(this.#deaths);
  }

  #notice(dead: Dead): void {
    if (dead.form.asked || this.#over || this.#request.signal.aborted) return;
    const report = this.#report(dead, this.#request.nowUs());
    this.#reports.push(report);
    this.#latest.set(dead.name, report);
  }

  async #report(dead: Dead, atUs: number): Promise<void> {
    const { kind, name, form } = dead;
    const { faultBehind } = this.#request;
    const fault =
      faultBehind === undefined || this.#nodeHasDied(dead) || kind !== 'server'
        ? undefined
        : await faultBehind({ name, needs: dead.needs ?? [], ending: form.ending, logFile: form.logFile });
    if (fault === undefined) {
      this.#lastNoticed = performance.now();
      this.#request.noticed();
    }
    const cause = fault === undefined ? await this.#causeOf(dead) : undefined;
    const causeIsTold = cause === undefined ? undefined : this.#latest.get(cause.name);
    await causeIsTold;
    const death: Death = {
      kind,
      name,
      atUs,
      how: form.how ?? '',
      ...form.ending,
      ...(cause === undefined || causeIsTold === undefined ? {} : { after: cause.name }),
      ...(fault === undefined ? {} : { fault }),
      lastLines: form.lastLines(),
    };
    this.#deaths.push(death);
    this.#request.told(death);
  }

  /** Whether something that the server needs has died. Then no fault ended the server. */
  #nodeHasDied(dead: Dead): boolean {
    return this.#needsOf(dead).some(({ ending, asked }) => ending !== undefined && !asked);
  }

  /** The node or proxy whose loss ended a server, if there is one. A server that somebody killed needs no other cause. */
  async #causeOf(dead: Dead): Promise<Running | undefined> {
    const needs = this.#needsOf(dead);
    if (needs.length === 0 || wasKilled(dead.form.ending ?? {})) return undefined;
    return causeAmong(needs, this.#request.signal);
  }

  #needsOf({ needs = [] }: Dead): Running[] {
    return this.#request.watched.flatMap(({ name, running }) =>
      needs.includes(name) && running !== undefined ? [running] : [],
    );
  }
}

/** Each death that another one caused follows it. */
function causesFirst(deaths: readonly Death[]): Death[] {
  const left = new Set([...deaths].sort((one, other) => one.atUs - other.atUs));
  return [...left]
    .filter(({ after }) => after === undefined)
    .flatMap((cause) => {
      const caused = [...left].filter(({ after }) => after === cause.name);
      for (const one of caused) left.delete(one);
      return [cause, ...caused];
    });
}
