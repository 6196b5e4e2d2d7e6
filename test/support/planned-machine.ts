import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Programs } from '../../src/packages/programs.js';
import { ManagedProcess } from '../../src/processes/managed-process.js';
import type { RunAs } from '../../src/processes/unprivileged-user.js';
import { eventually } from './wait.js';

const run = promisify(execFile);

export interface MachineSpec {
  /** A directory that the servers' user may enter. */
  directory: string;
  programs: Programs;
  /** The directory of mariadb-backup. */
  backup: string;
  runAs: RunAs | undefined;
  /** The name of that user. */
  user: string;
  /** The command line of the harness. */
  harness: readonly string[];
}

/**
 * A machine that somebody sets up by a plan. It has a shell in which the printed commands work, with the programs of
 * the private root. It differs from a real machine in four ways: /etc and /var lie in a directory; the server's user
 * is the given one instead of `mysql`; packages are already there; and this class is the service manager. One machine
 * can't have three of these, and an ordinary user can't do these things.
 */
export class PlannedMachine {
  readonly #spec: MachineSpec;
  #server: ManagedProcess | undefined;

  constructor(spec: MachineSpec) {
    this.#spec = spec;
  }

  get #data(): string {
    return this.path('var/lib/mysql');
  }

  get #socket(): string {
    return this.path('s.sock');
  }

  path(name: string): string {
    return join(this.#spec.directory, name);
  }

  /** Makes the state that the packages leave: a data directory, and a server that would listen on loopback only. */
  async install(): Promise<void> {
    const { programs, user, runAs } = this.#spec;
    const etc = this.path('etc/mysql/mariadb.conf.d');
    for (const directory of [etc, this.path('etc/kea'), this.path('var/lib'), this.path('bin')]) {
      mkdirSync(directory, { recursive: true });
    }
    writeFileSync(join(etc, '50-server.cnf'), '[mysqld]\nbind-address=127.0.0.1\n');
    writeFileSync(
      this.path('my.cnf'),
      [
        '[mysqld]',
        `datadir=${this.#data}`,
        `socket=${this.#socket}`,
        `basedir=${programs.mariadbBasedir}`,
        `lc_messages_dir=${programs.mariadbShare}`,
        `character_sets_dir=${programs.mariadbCharsets}`,
        `plugin_dir=${programs.mariadbPlugins}`,
        `tmpdir=${this.#spec.directory}`,
        `pid_file=${this.path('mariadbd.pid')}`,
        'innodb_buffer_pool_size=64M',
        'innodb_log_file_size=32M',
        `!includedir ${etc}`,
        '',
      ].join('\n'),
    );
    // The option file of a client, with a port where nothing listens. The plan's --extra must override it.
    writeFileSync(
      this.path('client.cnf'),
      `[client]\nport=1\ncharacter-sets-dir=${programs.mariadbCharsets}\n`,
    );
    this.#standIns();
    await this.#handOver();
    await run(
      join(dirname(programs.mariadb), 'mariadb-install-db'),
      [
        '--no-defaults',
        `--basedir=${programs.mariadbBasedir}`,
        `--datadir=${this.#data}`,
        `--lc-messages-dir=${programs.mariadbShare}`,
        `--character-sets-dir=${programs.mariadbCharsets}`,
        '--auth-root-authentication-method=socket',
        `--auth-root-socket-user=${user}`,
        '--skip-test-db',
        '--skip-name-resolve',
        '--force',
      ],
      { env: { ...programs.environment, TMPDIR: this.#spec.directory }, cwd: this.#spec.directory, ...runAs },
    );
  }

  /** Pastes blocks into one shell, one after the other. Rejects with the output if a command fails. */
  async paste(blocks: readonly string[], environment: Record<string, string> = {}): Promise<string> {
    const { runAs, programs } = this.#spec;
    const shell = spawn('bash', ['-euo', 'pipefail'], {
      cwd: this.#spec.directory,
      env: { ...programs.environment, PATH: `${this.path('bin')}:${programs.path}`, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...runAs,
    });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    const ended = new Promise<number | null>((resolve, reject) => {
      shell.once('error', reject);
      shell.once('close', resolve);
    });
    shell.stdin.end(blocks.map((block) => this.#here(block)).join('\n') + '\n');
    let code: number | null | undefined;
    void ended.then((value) => (code = value));
    await eventually('the end of what was pasted', () => {
      this.#serve();
      return code !== undefined;
    });
    if (code !== 0)
      throw new Error(`${blocks.join('\n')}\nended with ${code ?? 'a signal'}:\n${said}\n${this.log}`);
    return said;
  }

  get log(): string {
    return existsSync(this.path('server.log')) ? readFileSync(this.path('server.log'), 'utf8') : '';
  }

  /** Stops the server as systemd does when the machine is turned off. */
  async stop(): Promise<void> {
    await this.#server?.stop('SIGTERM', 20_000);
  }

  /** Replaces what must differ from a machine of its own. */
  #here(block: string): string {
    return block
      .replaceAll('/etc/', `${this.path('etc')}/`)
      .replaceAll(`'mysql'@`, `'${this.#spec.user}'@`)
      .replaceAll('wsrep_sst_auth=mysql:', `wsrep_sst_auth=${this.#spec.user}:`)
      .replaceAll('install -m 640 -o root -g "$kea_group"', 'install -m 640');
  }

  /** Acts as the service manager: starts the server when a stand-in asks for it. */
  #serve(): void {
    const request = this.path('start');
    if (this.#server !== undefined || !existsSync(request)) return;
    const { programs, backup, runAs } = this.#spec;
    this.#server = ManagedProcess.start({
      name: this.#spec.directory,
      command: programs.mariadbd,
      args: [
        `--defaults-file=${this.path('my.cnf')}`,
        ...readFileSync(request, 'utf8').split(/\s+/).filter(Boolean),
      ],
      env: { ...programs.environment, PATH: `${backup}:${programs.path}` },
      cwd: this.#spec.directory,
      logFile: this.path('server.log'),
      runAs,
    });
    void this.#server.ended.then(() => writeFileSync(this.path('ended'), ''));
  }

  #standIns(): void {
    const { programs, harness, user } = this.#spec;
    const client = `${programs.mariadb} --defaults-file=${this.path('client.cnf')}`;
    const waitUntilUp = `until ${client} --socket=${this.#socket} --user=${user} --execute='SELECT 1' >/dev/null 2>&1; do
  [ ! -e ${this.path('ended')} ] || exit 1
  sleep 0.1
done`;
    const start = (options: string) => `echo '${options}' > ${this.path('start.new')}
mv ${this.path('start.new')} ${this.path('start')}
${waitUntilUp}`;
    const prefix = dirname(dirname(programs.keaDhcp4));
    const keaAdmin = readFileSync(join(prefix, 'sbin/kea-admin'), 'utf8').replaceAll('"/usr"', `"${prefix}"`);
    const scripts = {
      'apt-get': '',
      'dpkg-query': `echo /somewhere/else\necho ${programs.wsrepProvider}`,
      systemctl: `case "$*" in 'stop mariadb') ;; 'restart mariadb')\n${start('')}\n;; *) exit 1 ;; esac`,
      galera_new_cluster: start('--wsrep-new-cluster'),
      mariadb: `exec ${client} --socket=${this.#socket} --user=${user} "$@"`,
      mysql: `exec ${client} "$@"`,
      'kea-lease-conformance': `exec ${harness.join(' ')} "$@"`,
    };
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(this.path(`bin/${name}`), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    writeFileSync(this.path('bin/kea-admin'), keaAdmin, { mode: 0o755 });
  }

  async #handOver(): Promise<void> {
    const { directory, runAs } = this.#spec;
    chmodSync(directory, 0o755);
    if (runAs === undefined) return;
    await run('chown', ['-R', `${runAs.uid}:${runAs.gid}`, directory]);
    chownSync(directory, runAs.uid, runAs.gid);
  }
}
