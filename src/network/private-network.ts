import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:dgram';
import { HarnessError } from '../errors.js';
import { CLIENTS, type ImpairableNetwork, type LinkRule } from '../faults/links.js';
import type { Programs } from '../packages/programs.js';
import type { Cleanup } from '../processes/cleanup.js';
import { whileAllRun } from '../processes/guard.js';
import type { LiveDirectory } from '../processes/live-directory.js';
import { lastLinesOf, ManagedProcess } from '../processes/managed-process.js';
import { runToEnd } from '../processes/run-to-end.js';
import { readUdpSockets, type UdpSocket } from '../processes/udp-sockets.js';
import type { RunAs } from '../processes/unprivileged-user.js';
import { until } from '../processes/wait.js';
import { addressCommands, LINK, type Machine } from './machine.js';
import { entrances, HOLDER, isHolder, type Entrances } from './namespaces.js';
import { SocketsInside, type SocketRequest } from './sockets-inside.js';
import { portOf, switchCommands } from './switch.js';
import { ruleset } from './rules.js';

export interface PrivateNetworkRequest {
  /** Each machine once. The harness's own sockets are opened in that of the clients. */
  machines: readonly Machine[];
  programs: Pick<Programs, 'ip' | 'nft' | 'environment'>;
  live: LiveDirectory;
  runAs: RunAs | undefined;
  /** Takes what the programs that make the network say. */
  logFile: string;
  /** Whether the network stays when the harness ends. */
  keep: boolean;
  timeoutMs: number;
  signal: AbortSignal;
  cleanup: Pick<Cleanup, 'push'>;
}

/**
 * A network of its own for each machine of a run, all on one switch, and nothing of it visible outside. It lasts as long
 * as the processes that hold its namespaces, and these die with the harness.
 */
export class PrivateNetwork implements ImpairableNetwork {
  readonly #machines: ReadonlyMap<string, { machine: Machine; holder: ManagedProcess }>;
  readonly #entrances: Entrances;
  readonly #sockets: SocketsInside;
  /** Gives the switch a text of nft(8). */
  readonly #tellSwitch: (rules: string) => Promise<void>;
  /** What each fault does to the links. */
  readonly #impaired = new Map<number, readonly LinkRule[]>();
  #told: Promise<void> = Promise.resolve();

  readonly #hub: ManagedProcess;

  private constructor(
    machines: ReadonlyMap<string, { machine: Machine; holder: ManagedProcess }>,
    hub: ManagedProcess,
    to: Entrances,
    sockets: SocketsInside,
    tellSwitch: (rules: string) => Promise<void>,
  ) {
    this.#machines = machines;
    this.#hub = hub;
    this.#entrances = to;
    this.#sockets = sockets;
    this.#tellSwitch = tellSwitch;
  }

  /** Makes the network. Errors: PREREQUISITE; the signal's reason when aborted. */
  static async open(request: PrivateNetworkRequest): Promise<PrivateNetwork> {
    const { machines, runAs, cleanup, live, logFile, programs } = request;
    const to = entrances(runAs, { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
    const hub = await hold('the switch', to.first, request);
    const holders = machines.map(({ name }) => begin(name, to.beside(hub.id.pid), request));
    await holding(holders, request);
    const ip = [programs.ip ?? 'ip', '-batch', '-'];
    await runInside(request, to.asRoot(hub.id.pid), ip, switchCommands(holders.map(({ id }) => id.pid)));
    const signal = AbortSignal.any([request.signal]);
    setMaxListeners(machines.length, signal);
    await Promise.all(
      machines.map((machine, index) =>
        runInside(
          { ...request, signal },
          to.asRoot(holders[index]?.id.pid ?? 0),
          ip,
          addressCommands(machine),
          SETTINGS,
        ),
      ),
    );
    const byName = new Map(
      machines.map((machine, index) => [machine.name, { machine, holder: holders[index] as ManagedProcess }]),
    );
    const clients = byName.get(CLIENTS);
    if (clients === undefined) throw new HarnessError('INTERNAL', `a private network without ${CLIENTS}`);
    const enter = to.asRoot(clients.holder.id.pid);
    const sockets = await SocketsInside.start({ enter, cwd: live.path, env: programs.environment, logFile });
    cleanup.push('the sockets of the private network', () => sockets.close());
    const { nft = 'nft' } = programs;
    const tellSwitch = (rules: string): Promise<void> =>
      runInside(request, to.asRoot(hub.id.pid), [nft, '-f', '-'], rules);
    return new PrivateNetwork(byName, hub, to, sockets, tellSwitch);
  }

  impair(key: number, rules: readonly LinkRule[]): Promise<void> {
    this.#impaired.set(key, rules);
    return this.#setRules();
  }

  repair(key: number): Promise<void> {
    this.#impaired.delete(key);
    return this.#setRules();
  }

  /** Gives the switch all rules anew, after whatever it is being told. */
  #setRules(): Promise<void> {
    const ports = [...this.#machines.keys()];
    const next = this.#told.then(() =>
      this.#tellSwitch(
        ruleset([...this.#impaired.values()].flat(), (machine) =>
          portOf(ports.indexOf(this.#at(machine).machine.name)),
        ),
      ),
    );
    this.#told = next.catch(() => undefined);
    return next;
  }

  /** @throws HarnessError INTERNAL for a machine that is not there */
  machine(name: string): Machine {
    return this.#at(name).machine;
  }

  /** The words that start a server on a machine. */
  enterAsServer(name: string): readonly string[] {
    return this.#entrances.asServer(this.#at(name).holder.id.pid);
  }

  /** The words that start a program on a machine which may do everything there. */
  enterAsRoot(name: string): readonly string[] {
    return this.#entrances.asRoot(this.#at(name).holder.id.pid);
  }

  /** The words that start a program where the switch is, which may do everything there. */
  enterSwitch(): readonly string[] {
    return this.#entrances.asRoot(this.#hub.id.pid);
  }

  get mayChangeGroups(): boolean {
    return this.#entrances.mayChangeGroups;
  }

  /** Opens and binds a socket of the harness on the machine `clients`. Rejects with the error of bind(2). */
  readonly openSocket = (request: SocketRequest): Promise<Socket> => this.#sockets.open(request);

  /** The UDP sockets that are open on a machine. */
  udpSockets(name: string, family: 4 | 6): UdpSocket[] {
    return readUdpSockets(family, this.#at(name).holder.id.pid);
  }

  #at(name: string): { machine: Machine; holder: ManagedProcess } {
    const found = this.#machines.get(name);
    if (found === undefined) throw new HarnessError('INTERNAL', `the private network has no machine ${name}`);
    return found;
  }
}

/**
 * Before the link is up: a server without rights may take the ports below 1024 (ip-sysctl), and an IPv6 address serves at
 * once.
 */
const SETTINGS = [
  ['/proc/sys/net/ipv4/ip_unprivileged_port_start', '0'],
  [`/proc/sys/net/ipv6/conf/${LINK}/accept_dad`, '0'],
] as const;

async function hold(
  name: string,
  enter: readonly string[],
  request: PrivateNetworkRequest,
): Promise<ManagedProcess> {
  const holder = begin(name, enter, request);
  await holding([holder], request);
  return holder;
}

/** Starts a process that holds a namespace. */
function begin(
  name: string,
  enter: readonly string[],
  { live, logFile, keep, programs, cleanup }: PrivateNetworkRequest,
): ManagedProcess {
  const holder = ManagedProcess.start({
    ...HOLDER,
    name: `the namespace of ${name}`,
    enter,
    env: programs.environment,
    cwd: live.path,
    logFile,
    outlivesHarness: keep,
  });
  live.register(holder.id);
  cleanup.push(holder.name, () => holder.stop('SIGKILL'));
  return holder;
}

/** Waits until the processes hold their namespaces. */
async function holding(
  holders: readonly ManagedProcess[],
  { timeoutMs, signal }: PrivateNetworkRequest,
): Promise<void> {
  const allHold = () => holders.every(({ id }) => isHolder(id.pid)) || undefined;
  const held = await whileAllRun('PREREQUISITE', holders, until(allHold, { timeoutMs, everyMs: 2, signal }));
  if (held === undefined)
    throw new HarnessError('PREREQUISITE', 'the namespaces of the private network were not made in time');
}

/** Gives a program its commands in a namespace, after the settings. */
async function runInside(
  { programs, live, logFile, signal }: PrivateNetworkRequest,
  enter: readonly string[],
  program: readonly string[],
  commands: string,
  settings: readonly (readonly [file: string, value: string])[] = [],
): Promise<void> {
  const { environment: env } = programs;
  // A kernel without IPv6 has no settings of IPv6.
  const set = settings.map(([file, value]) => `[ ! -e ${file} ] || echo ${value} > ${file}`).join('\n');
  const code = await runToEnd(
    {
      command: '/bin/sh',
      args: ['-ec', `${set}\nexec "$0" "$@"`, ...program],
      enter,
      env,
      cwd: live.path,
      logFile,
      signal,
    },
    commands,
  );
  if (code === 0) return;
  throw new HarnessError(
    'PREREQUISITE',
    ["the private network can't be made or changed", ...lastLinesOf(logFile, 5)].join('\n  '),
    { hint: `the log is in ${logFile}` },
  );
}
