import { setMaxListeners } from 'node:events';
import { HarnessError } from '../errors.js';
import { runChild } from '../packages/archive/child.js';
import type { ManagedProcess } from '../processes/managed-process.js';
import { readUdpSockets, type UdpSocket } from '../processes/udp-sockets.js';
import { begin, hold, holding } from './holders.js';
import { Recording, type RecordingRequest } from './recording.js';
import { addressCommands, MAIN_SEGMENT, type Machine } from './machine.js';
import { entrances, type Entrances } from './namespaces.js';
import type { PrivateNetworkRequest } from './request.js';
import { readCounters, ruleset, TABLE } from './switch/rules.js';
import { runInside } from './run-inside.js';
import { settingsOf } from './settings.js';
import type { SocketsInsideRequest } from './sockets-inside.js';
import { mirrorCommand } from './switch/mirror.js';
import { portOf, switchCommands } from './switch/switch.js';
import { SwitchRules } from './switch/switch-rules.js';

/** A machine, its place in the list, and the process that holds its namespace. */
interface HeldMachine {
  machine: Machine;
  place: number;
  holder: ManagedProcess;
}

/**
 * A network of its own for each machine of a run, all on switches, and nothing of it visible outside. It lasts as long as
 * the processes that hold its namespaces, and these die with the harness.
 */
export class PrivateNetwork {
  readonly #request: PrivateNetworkRequest;
  readonly #entrances: Entrances;
  readonly #hub: ManagedProcess;
  readonly #machines: ReadonlyMap<string, HeldMachine>;
  /** What faults do to the links between machines. */
  readonly faults = new SwitchRules({
    tell: (text) => this.#tellSwitches(text, this.#request.signal),
    queue: (text) => {
      const { tc = 'tc' } = this.#request.programs;
      return runInside(this.#request, this.#enterSwitch(), [tc, '-batch', '-'], text);
    },
    list: () => this.#listRules(TABLE, this.#request.signal),
    portsOf: (name) => this.#portsOf(name),
  });

  private constructor(
    request: PrivateNetworkRequest,
    to: Entrances,
    hub: ManagedProcess,
    machines: readonly HeldMachine[],
  ) {
    this.#request = request;
    this.#entrances = to;
    this.#hub = hub;
    this.#machines = new Map(machines.map((one) => [one.machine.name, one]));
  }

  /** Makes the network. Errors: PREREQUISITE; the signal's reason when aborted. */
  static async open(request: PrivateNetworkRequest): Promise<PrivateNetwork> {
    const { machines, runAs, programs } = request;
    const to = entrances(runAs, { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
    const hub = await hold('the switches', to.first, request);
    const held = machines.map((machine, place) => ({
      machine,
      place,
      holder: begin(machine.name, to.beside(hub.id.pid), request),
    }));
    const holders = held.map(({ holder }) => holder);
    await holding(holders, request);
    const ip = [programs.ip ?? 'ip', '-batch', '-'];
    const processes = holders.map(({ id }) => id.pid);
    await runInside(request, to.asRoot(hub.id.pid), ip, switchCommands(machines, processes));
    const signal = AbortSignal.any([request.signal]);
    setMaxListeners(machines.length, signal);
    await Promise.all(
      held.map(({ machine, holder }) =>
        runInside(
          { ...request, signal },
          to.asRoot(holder.id.pid),
          ip,
          addressCommands(machine),
          settingsOf(machine),
        ),
      ),
    );
    return new PrivateNetwork(request, to, hub, held);
  }

  /** @throws HarnessError INTERNAL for a machine that is not there */
  machine(name: string): Machine {
    return this.#at(name).machine;
  }

  /** The machine of the clients of a switch; undefined for the main one. */
  clientsOn(segment: string): Machine | undefined {
    // The servers have their first link to the main switch.
    return segment === MAIN_SEGMENT
      ? undefined
      : this.#request.machines.find(({ links: [first] }) => first.segment === segment);
  }

  /** The words that start a server on a machine. */
  enterAsServer(name: string): readonly string[] {
    return this.#entrances.asServer(this.#at(name).holder.id.pid);
  }

  /** The same for a server that may open raw sockets. */
  enterAsRawServer(name: string): readonly string[] {
    return this.#entrances.asRawServer(this.#at(name).holder.id.pid);
  }

  /** The words that start a program on a machine which may do everything there. */
  enterAsRoot(name: string): readonly string[] {
    return this.#entrances.asRoot(this.#at(name).holder.id.pid);
  }

  /** The words that start a program where the switches are, which may do everything there. */
  #enterSwitch(): readonly string[] {
    return this.#entrances.asRoot(this.#hub.id.pid);
  }

  /**
   * The words that start tcpdump(8) beside the switches, which hears each DHCP message that enters one of them. Its own
   * options are still to be added.
   *
   * @param name names its link: at most 15 characters
   */
  tcpdump(name: string): { enter: string[]; program: string[] } {
    const { ip = 'ip', nft = 'nft', tcpdump = 'tcpdump' } = this.#request.programs;
    const { ofItsOwn } = this.#entrances;
    const ports = [...this.#machines.keys()].flatMap((machine) => this.#portsOf(machine));
    const { enter, program } = mirrorCommand({ name, ip, nft, ofItsOwn, ports });
    return {
      enter: [...this.#enterSwitch(), ...enter],
      program: [...program, tcpdump, '-Z', 'root', '-n', '-i', name, '-Q', 'in'],
    };
  }

  /**
   * Records each DHCP message that enters a switch, as a pcap file, until the recording is ended.
   * Errors: PREREQUISITE.
   */
  async record(file: string, failed: RecordingRequest['failed']): Promise<Recording> {
    const { programs, live, logFile, timeoutMs, signal, cleanup } = this.#request;
    const name = 'capture';
    const { enter, program } = this.tcpdump(name);
    // Its link hears what the kernel itself says there, too.
    const [command, ...args] = [...program, '-U', '-w', file, 'udp'];
    const recording = await Recording.start({
      file,
      command,
      args,
      enter,
      env: programs.environment,
      cwd: live.path,
      logFile,
      timeoutMs,
      signal,
      failed,
      // Also after the run's signal: what was recorded by then must be complete.
      mirrored: async () =>
        readCounters(await this.#listRules(['netdev', name], AbortSignal.timeout(timeoutMs))),
    });
    cleanup.push('the capture', () => recording.abandon());
    return recording;
  }

  /** How to open sockets of the harness on a machine. */
  socketsOn(name: string): SocketsInsideRequest {
    const { live, programs, logFile } = this.#request;
    return { enter: this.enterAsRoot(name), cwd: live.path, env: programs.environment, logFile };
  }

  /** The UDP sockets that are open on a machine. */
  udpSockets(name: string, family: 4 | 6): UdpSocket[] {
    return readUdpSockets(family, this.#at(name).holder.id.pid);
  }

  /** Lets all messages pass, whatever faults there still are, also after the run's signal. */
  async mend(): Promise<void> {
    if (!this.faults.isImpaired) return;
    const { signal } = new AbortController();
    await this.#tellSwitches(
      ruleset([], () => []),
      signal,
    );
  }

  #tellSwitches(text: string, signal: AbortSignal): Promise<void> {
    const { nft = 'nft' } = this.#request.programs;
    return runInside({ ...this.#request, signal }, this.#enterSwitch(), [nft, '-f', '-'], text);
  }

  async #listRules(table: readonly string[], signal: AbortSignal): Promise<string> {
    const { programs } = this.#request;
    const [program = 'nsenter', ...before] = this.#enterSwitch();
    const list = [programs.nft ?? 'nft', '--json', 'list', 'table', ...table];
    const { environment } = programs;
    return (await runChild(program, [...before, ...list], { signal, environment })).stdout;
  }

  #portsOf(name: string): string[] {
    const { place, machine } = this.#at(name);
    return machine.links.map((_, link) => portOf(place, link));
  }

  #at(name: string): HeldMachine {
    const found = this.#machines.get(name);
    if (found === undefined) throw new HarnessError('INTERNAL', `the private network has no machine ${name}`);
    return found;
  }
}
