import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { processesOf, type FoundProcess } from './processes.js';

interface LeaseDatabase {
  host: string;
  port: number;
  user: string;
  password: string;
  name: string;
}

/** A run's live directory, seen from outside. */
export class LiveDirectory {
  constructor(readonly path: string) {}

  /** The pid of the harness that owns the directory; undefined while that file is being written. */
  get owner(): number | undefined {
    try {
      return (JSON.parse(readFileSync(join(this.path, 'owner.json'), 'utf8')) as { pid: number }).pid;
    } catch {
      return undefined;
    }
  }

  /** The nodes and servers that run now. */
  get processes(): FoundProcess[] {
    return processesOf(this.path);
  }

  /** The process of a node, such as `node-1`. */
  node(name: string): FoundProcess {
    return this.#processWith(`${this.path}/${name}/my.cnf`);
  }

  /** The process of a server, such as `dhcp4-1`. */
  server(name: string): FoundProcess {
    return this.#processWith(`${this.path}/kea/${name}.json`);
  }

  /** The process of the proxy between servers and nodes. */
  proxy(): FoundProcess {
    return this.#processWith(`${this.path}/haproxy/haproxy.cfg`);
  }

  /** The port at which a node accepts clients. */
  nodePort(number: number): number {
    const options = readFileSync(join(this.path, `node-${number}`, 'my.cnf'), 'utf8');
    return Number(/^port=(\d+)$/m.exec(options)?.[1]);
  }

  /** The control sockets of the servers. */
  controlSockets(): string[] {
    const kea = join(this.path, 'kea');
    return readdirSync(kea)
      .filter((name) => name.endsWith('.sock'))
      .map((name) => join(kea, name));
  }

  /** The database in a server's configuration. */
  database(server = 'dhcp4-1'): LeaseDatabase {
    const text = readFileSync(join(this.path, 'kea', `${server}.json`), 'utf8');
    const configuration = JSON.parse(text) as Record<string, { 'lease-database': LeaseDatabase }>;
    const [first] = Object.values(configuration);
    if (first === undefined) throw new Error(`${server} has no configuration`);
    return first['lease-database'];
  }

  /** Runs `work` with a database connection, with the servers' own account. */
  async withConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const { host, port, user, password, name } = this.database();
    const connection = await createConnection({ host, port, user, password, database: name });
    try {
      return await work(connection);
    } finally {
      await connection.end();
    }
  }

  #processWith(argument: string): FoundProcess {
    const found = this.processes.find(({ command }) => command.includes(argument));
    if (found === undefined) throw new Error(`no process with ${argument}`);
    return found;
  }
}
