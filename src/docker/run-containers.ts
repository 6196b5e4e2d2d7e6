import type Docker from 'dockerode';
import type { Container, ContainerCreateOptions } from 'dockerode';
import { HarnessError } from '../errors.js';
import { RunningContainer } from './container.js';
import { refusal, unlessGone } from './failure.js';
import { textsOf } from './frames.js';
import { createNetwork, type RunNetwork } from './network.js';
import { labelsOf, RUN_LABEL } from './owner.js';

export interface ContainerSpec {
  /** The name in reports, such as `node-1` or `dhcp4 server-2`. */
  name: string;
  /** The name in the run's network, unique in the run, such as `node-1` or `dhcp4-2`. */
  hostname: string;
  image: string;
  command: readonly string[];
  environment?: Readonly<Record<string, string>>;
  user: { uid: number; gid: number };
  /** Directories of this machine that the container sees under the same path. */
  directories?: readonly string[];
  /**
   * Whether the container is ended before the other containers are removed, so that its log does not complain of
   * their end.
   */
  endsFirst?: boolean;
  /** The container's addresses in the run's network; absent for a container without a network. */
  address?: { v4: string; v6: string | undefined };
}

/**
 * The containers and the network of one run. All of them carry the run's name and labels. None outlives `close`, not
 * even a container that was still being made when the run ended.
 */
export class RunContainers {
  readonly run: string;
  readonly #engine: Docker;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #running = new Set<RunningContainer>();
  readonly #first = new Set<RunningContainer>();
  #network: RunNetwork | undefined;
  #closed = false;

  constructor(engine: Docker, run: string) {
    this.#engine = engine;
    this.run = run;
  }

  /** Makes the run's network. Errors: PREREQUISITE. */
  async openNetwork(ipv6: boolean): Promise<RunNetwork> {
    const request = { engine: this.#engine, name: this.run, labels: labelsOf(this.run), ipv6 };
    this.#network = await this.#track(createNetwork(request));
    return this.#network;
  }

  /** Starts a container. Errors: PREREQUISITE with the engine's words. */
  start(spec: ContainerSpec, logFile: string): Promise<RunningContainer> {
    return this.#track(this.#start(spec, logFile));
  }

  /**
   * Removes a container that has ended, and starts another with its name and address. Errors: PREREQUISITE with the
   * engine's words.
   */
  startAgain(ended: RunningContainer, spec: ContainerSpec, logFile: string): Promise<RunningContainer> {
    return this.#track(this.#startAgain(ended, spec, logFile));
  }

  /** Runs a container to its end and removes it. */
  runToEnd(spec: ContainerSpec): Promise<{ code: number; stdout: string; stderr: string }> {
    return this.#track(this.#runToEnd(spec));
  }

  /** Leaves the containers and the network to themselves: `close` then removes nothing. */
  leave(): void {
    for (const one of this.#running) one.leave();
    this.#closed = true;
  }

  /** Removes everything of the run from the engine. A container that resists keeps no other from being removed. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    await Promise.allSettled([...this.#first].map((one) => one.stop()));
    await Promise.allSettled([...this.#running].map((one) => one.remove()));
    await removeRun(this.#engine, this.run);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    if (this.#closed) throw new HarnessError('INTERNAL', `${this.run} was closed`);
    this.#underWay.add(work);
    work.catch(() => undefined).finally(() => this.#underWay.delete(work));
    return work;
  }

  async #start(spec: ContainerSpec, logFile: string): Promise<RunningContainer> {
    const container = await this.#create(spec);
    try {
      const running = await RunningContainer.start(container, spec.name, logFile);
      this.#running.add(running);
      if (spec.endsFirst === true) this.#first.add(running);
      return running;
    } catch (error) {
      throw refusal(`${spec.name} can't be started in a container of ${spec.image}`, error);
    }
  }

  async #startAgain(
    ended: RunningContainer,
    spec: ContainerSpec,
    logFile: string,
  ): Promise<RunningContainer> {
    await ended.remove();
    this.#running.delete(ended);
    this.#first.delete(ended);
    return this.#start(spec, logFile);
  }

  async #runToEnd(spec: ContainerSpec): Promise<{ code: number; stdout: string; stderr: string }> {
    const container = await this.#create(spec);
    try {
      await container.start();
      const { StatusCode: code } = (await container.wait()) as { StatusCode: number };
      const output = await textsOf(await container.logs({ follow: true, stdout: true, stderr: true }));
      return { code, ...output };
    } catch (error) {
      throw refusal(`${spec.name} can't be run in a container of ${spec.image}`, error);
    } finally {
      await container.remove({ force: true, v: true }).catch(unlessGone);
    }
  }

  async #create(spec: ContainerSpec): Promise<Container> {
    try {
      return await this.#engine.createContainer(this.#options(spec));
    } catch (error) {
      throw refusal(`no container for ${spec.name} of ${spec.image}`, error);
    }
  }

  #options(spec: ContainerSpec): ContainerCreateOptions {
    const { hostname, image, command, user, environment = {}, directories = [], address } = spec;
    const network = this.#network;
    return {
      name: `${this.run}-${hostname}`,
      Hostname: hostname,
      Image: image,
      // The command replaces whatever the image would start.
      Entrypoint: [...command],
      Cmd: [],
      Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      User: `${user.uid}:${user.gid}`,
      Labels: labelsOf(this.run),
      HostConfig: {
        Binds: directories.map((path) => `${path}:${path}`),
        NetworkMode: network === undefined || address === undefined ? 'none' : network.name,
        // With the engine's default log driver, logs may not be readable.
        LogConfig: { Type: 'json-file', Config: {} },
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        ...(address === undefined
          ? {}
          : // DHCP's ports are below 1024, and the program is not root.
            { Sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' } }),
      },
      ...(network === undefined || address === undefined
        ? {}
        : {
            NetworkingConfig: {
              EndpointsConfig: {
                [network.name]: {
                  Aliases: [hostname],
                  IPAMConfig: {
                    IPv4Address: address.v4,
                    ...(address.v6 === undefined ? {} : { IPv6Address: address.v6 }),
                  },
                },
              },
            },
          }),
    };
  }
}

/** Removes the containers of a run, then its networks and volumes; returns how many containers there were. */
export async function removeRun(engine: Docker, run: string): Promise<number> {
  const filters = { label: [`${RUN_LABEL}=${run}`] };
  const containers = await engine.listContainers({ all: true, filters });
  await Promise.all(
    containers.map(({ Id }) => engine.getContainer(Id).remove({ force: true, v: true }).catch(unlessGone)),
  );
  const networks = await engine.listNetworks({ filters });
  await Promise.all(networks.map(({ Id }) => engine.getNetwork(Id).remove().catch(unlessGone)));
  const { Volumes: volumes } = await engine.listVolumes({ filters });
  await Promise.all(volumes.map(({ Name }) => engine.getVolume(Name).remove().catch(unlessGone)));
  return containers.length;
}
