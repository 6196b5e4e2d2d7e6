import { randomBytes } from 'node:crypto';
import { HarnessError, messageOf } from '../../errors.js';
import { until } from '../../processes/wait.js';
import { errorCodeOf, withNode, type NodeSession } from './connect.js';
import type { ClusterCheck, NodeToCheck } from './cluster-check.js';
import { stated } from './stated.js';

/** The beginning of the table names of these checks. Each check has a table of its own. */
export const PROBE_PREFIX = 'kea_conformance_check_';

/** The errors with which a server refuses a new table: the user may not create it, or the database does not exist. */
const NOT_ALLOWED = ['ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR'];

const HINT = 'the nodes do not replicate to each other, or much too slowly; see their logs';

export interface ReplicationOptions {
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * The article's own test, through every node in turn: a row is written through the node and read on all others; then
 * it is deleted, and the others no longer show it. The check makes a table for this, and removes the table whatever
 * happens. It does not touch Kea's tables.
 * Errors: PREREQUISITE where the user may not create a table; the signal's reason when aborted, after the table is
 * removed.
 */
export async function replicationChecks(
  nodes: readonly NodeToCheck[],
  options: ReplicationOptions,
): Promise<ClusterCheck[]> {
  const probe = new Probe(nodes, options);
  const checks: ClusterCheck[] = [];
  try {
    checks.push(await probe.create());
    if (checks.every(({ verdict }) => verdict === 'pass')) {
      for (const node of nodes) checks.push(await probe.writeThrough(node));
    }
  } catch (error) {
    await probe.remove();
    throw error;
  }
  return [...checks, await probe.remove()];
}

class Probe {
  readonly #nodes: readonly NodeToCheck[];
  readonly #options: ReplicationOptions;
  readonly #table = PROBE_PREFIX + randomBytes(6).toString('hex');
  /**
   * The nodes through which the table may have been made. A statement that got no answer may have been done all the
   * same.
   */
  readonly #tried: NodeToCheck[] = [];

  constructor(nodes: readonly NodeToCheck[], options: ReplicationOptions) {
    this.#nodes = nodes;
    this.#options = options;
  }

  /** Makes the table through the first node that takes it. */
  async create(): Promise<ClusterCheck> {
    const failures: string[] = [];
    for (const node of this.#nodes) {
      this.#tried.push(node);
      const failure = await this.#on(node, async (session) => {
        // Percona's strict mode and Galera's certification both want a primary key.
        await session.query('CREATE TABLE ??.?? (writer VARCHAR(255) PRIMARY KEY) ENGINE=InnoDB', [
          node.access.database,
          this.#table,
        ]);
      });
      if (failure === undefined) {
        return this.#seenOnOthers(node, 'create-table', `the table made through ${node.name}`, 0);
      }
      if (NOT_ALLOWED.includes(failure.code)) throw notAllowed(node, failure.message);
      failures.push(`${node.name}: ${failure.message}`);
    }
    return stated('create-table', null, 'a table can be made on a node', failures.join('; '), {
      holds: false,
      hint: 'no node accepts statements; look at `state` and `ready` of each',
    });
  }

  /** Writes a row through the node, then deletes it. */
  async writeThrough(writer: NodeToCheck): Promise<ClusterCheck> {
    const written = await this.#write(
      writer,
      'INSERT INTO ??.?? (writer) VALUES (?)',
      `the row written through ${writer.name}`,
      1,
    );
    if (written.verdict === 'fail') return written;
    const deleted = await this.#write(
      writer,
      'DELETE FROM ??.?? WHERE writer = ?',
      `the deletion through ${writer.name}`,
      0,
    );
    return deleted.verdict === 'fail' ? deleted : written;
  }

  async #write(writer: NodeToCheck, sql: string, what: string, rows: 0 | 1): Promise<ClusterCheck> {
    const failure = await this.#on(writer, async (session) => {
      await session.query(sql, [writer.access.database, this.#table, writer.name]);
    });
    if (failure === undefined) return this.#seenOnOthers(writer, 'replication', what, rows);
    return stated('replication', writer.name, EXPECTED, failure.message, {
      holds: false,
      hint: 'the node refuses writes, so Kea can store no leases through it; see its log',
    });
  }

  /** Removes the table wherever it may be, and checks that no node shows it any more. */
  async remove(): Promise<ClusterCheck> {
    const left: string[] = [];
    for (const node of this.#tried) {
      const failure = await this.#on(node, async (session) => {
        await session.query('DROP TABLE IF EXISTS ??.??', [node.access.database, this.#table]);
      });
      if (failure !== undefined) left.push(`${node.name}: ${failure.message}`);
    }
    for (const node of this.#nodes) {
      const seen = await this.#await(node, async (session) => {
        const found = await session.query('SHOW TABLES FROM ?? LIKE ?', [node.access.database, this.#table]);
        return found.length === 0;
      });
      if (seen !== undefined) left.push(`${node.name}: ${seen}`);
    }
    return stated('cleaned-up', null, 'nothing left', left.length === 0 ? 'nothing left' : left.join('; '), {
      holds: left.length === 0,
      hint: `once the nodes accept statements again: DROP TABLE IF EXISTS ${this.#table}`,
    });
  }

  async #seenOnOthers(writer: NodeToCheck, name: string, what: string, rows: 0 | 1): Promise<ClusterCheck> {
    const begun = performance.now();
    const others = this.#nodes.filter((node) => node !== writer);
    const missed = await Promise.all(
      others.map(async (node) => {
        const place = [node.access.database, this.#table, writer.name];
        const reason = await this.#await(node, async (session) => {
          const found = await session.query('SELECT 1 FROM ??.?? WHERE writer = ?', place);
          return found.length === rows;
        });
        return reason === undefined ? [] : [`${node.name} does not show ${what}: ${reason}`];
      }),
    );
    const misses = missed.flat();
    const inTime = `${others.length} other ${others.length === 1 ? 'node' : 'nodes'} within ${Math.ceil(performance.now() - begun)} ms`;
    const alone = 'there is no other node';
    const actual = misses.length > 0 ? misses.join('; ') : others.length === 0 ? alone : inTime;
    return stated(name, writer.name, EXPECTED, actual, { holds: misses.length === 0, hint: HINT });
  }

  /** Asks the node until `isSo` holds. Returns undefined then, or the last reason where the time is up before. */
  async #await(
    node: NodeToCheck,
    isSo: (session: NodeSession) => Promise<boolean>,
  ): Promise<string | undefined> {
    const { timeoutMs, signal } = this.#options;
    let reason = '';
    const answer = await until(
      async () => {
        reason = `not within ${timeoutMs / 1_000} s`;
        const answers: boolean[] = [];
        const failure = await this.#on(node, async (session) => {
          answers.push(await isSo(session));
        });
        if (failure !== undefined) reason = failure.message;
        return answers[0] === true ? true : undefined;
      },
      // After an abort the table must still be removed, so an aborted signal is not used.
      { timeoutMs, signal: signal.aborted ? new AbortController().signal : signal },
    );
    return answer === undefined ? reason : undefined;
  }

  async #on(
    node: NodeToCheck,
    work: (session: NodeSession) => Promise<void>,
  ): Promise<{ code: string; message: string } | undefined> {
    try {
      await withNode(node.access, this.#options.timeoutMs, work);
      return undefined;
    } catch (error) {
      return { code: errorCodeOf(error), message: messageOf(error) };
    }
  }
}

const EXPECTED = 'seen on all other nodes';

function notAllowed({ name, access }: NodeToCheck, said: string): HarnessError {
  return new HarnessError('PREREQUISITE', `${name}: ${said}`, {
    hint: `the check makes a table: name a database that exists, and a user who may CREATE and DROP tables in it (GRANT ALL ON ${access.database}.* TO ${access.user})`,
  });
}
