import type { StartedNode } from '../../src/cluster/started-cluster.js';
import type { StartedServer } from '../../src/kea/started-server.js';
import { until } from '../../src/processes/wait.js';
import type { StartedSystem } from '../../src/providers/provider.js';
import type { Control, Granted } from './control.js';
import type { Meddling } from './meddling-proxy.js';
import { leaseText, readMessage, UNUSED, type Kind } from './wire/kinds.js';
import type { Message } from './wire/message.js';

/** The number of clients in every controlled run. */
export const CLIENTS = 18;
/**
 * Servers that serve clients at the same time may choose one lease for two of them, and write the same row of Kea's lease
 * statistics. Then one client is refused or not answered, which is no finding of a control. So clients take turns. A
 * node waits for what other nodes have committed before it reads, so that the next server sees the lease.
 */
export const TURNS = ['cluster.settings.wsrep_sync_wait=1'];
/** From this place on, in the order of first grants, a victim has others before it. */
const AMID = 5;

interface Client {
  server: StartedServer;
  starts: number;
  offer?: Message;
  /** The client's place in the order of first REQUESTs, from 1; 0 before its first REQUEST. */
  requested: number;
  grants: number;
  /** Lets the next client start. */
  done: () => void;
}

/** Follows a controlled run at the proxy, and applies the control there. */
export class ControlRun {
  /** The clients by identity, in the order in which they started. */
  readonly #clients = new Map<string, Client>();
  readonly #failed = new AbortController();
  readonly #granted: Granted[] = [];
  #requesting = 0;
  /** Resolved when the clients that have started so far have their leases. */
  #turn: Promise<unknown> = Promise.resolve();
  #victim: Granted | undefined;
  #system: StartedSystem | undefined;
  #withoutServer: Granted | undefined;
  #inject: (server: StartedServer, datagram: Uint8Array) => void = () => undefined;

  constructor(
    readonly control: Control,
    readonly kind: Kind,
  ) {}

  /** Aborted if the control could not be applied. */
  get signal(): AbortSignal {
    return this.#failed.signal;
  }

  /** The functions for the proxy in front of these servers. */
  meddlingWith(system: StartedSystem): Meddling {
    this.#system = system;
    return {
      ready: (inject) => (this.#inject = inject),
      failed: (error) => this.#failed.abort(error),
      request: (datagram, server) => this.#pass(datagram, (message) => this.#asked(message, server)),
      reply: (datagram, server) => this.#pass(datagram, (message) => this.#answered(message, server)),
    };
  }

  node(name: string): StartedNode {
    const found = this.#system?.cluster.nodes.find((node) => node.name === name);
    if (found === undefined) throw new Error(`a cluster without ${name}`);
    return found;
  }

  /** The first client that was granted a lease. */
  get first(): Granted {
    const [first] = this.#granted;
    if (first === undefined) throw new Error('no client was granted anything');
    return first;
  }

  get victim(): Granted {
    const found = this.#withoutServer ?? this.#victim;
    if (found === undefined) throw new Error(`no client was a victim: ${this.#granted.length} were granted`);
    return found;
  }

  /** Waits until this client has given up and starts over. */
  async startsOver(message: Message): Promise<void> {
    const { starts } = this.#client(message);
    await waitFor('a client to start over', () => this.#client(message).starts > starts);
  }

  /** Whether this client was the last one to send its first REQUEST. */
  isLastToRequest(request: Message): boolean {
    return this.#client(request).requested === CLIENTS;
  }

  /**
   * Waits until every other client has its lease. Then grants this client a lease in its server's place. No server
   * reaches that lease: the offered one would go to another client if a server is slow or has to try again.
   */
  async grantWithoutServer(request: Message): Promise<void> {
    await waitFor('the other clients to be served', () => this.#granted.length === CLIENTS - 1);
    const { offer, server } = this.#client(request);
    if (offer === undefined) throw new Error('a REQUEST without an offer');
    const grant = offer.asGrantFor(request).withLease(UNUSED[this.kind]);
    this.#withoutServer = this.#asGranted(grant, server);
    this.#inject(server, grant.encode());
  }

  async #pass(
    datagram: Uint8Array,
    change: (message: Message) => Promise<readonly Message[]>,
  ): Promise<readonly Uint8Array[]> {
    const message = readMessage(this.kind, datagram);
    return message === undefined ? [datagram] : (await change(message)).map((one) => one.encode());
  }

  async #asked(message: Message, server: StartedServer): Promise<readonly Message[]> {
    const client = this.#clients.get(keyOf(message)) ?? newClient(server);
    this.#clients.set(keyOf(message), client);
    if (message.role === 'start' && ++client.starts === 1) {
      const before = this.#turn;
      this.#turn = new Promise<void>((resolve) => (client.done = resolve));
      await before;
    }
    if (message.role !== 'request') return [message];
    if (client.requested === 0) client.requested = ++this.#requesting;
    return (await this.control.request?.(message, this)) ?? [message];
  }

  async #answered(message: Message, server: StartedServer): Promise<readonly Message[]> {
    const client = this.#client(message);
    if (message.role === 'offer') client.offer = message;
    if (message.role !== 'grant') return [message];
    if (++client.grants === 1) {
      client.done();
      const granted = this.#asGranted(message, server);
      this.#granted.push(granted);
      if (this.#victim === undefined && this.#isVictim(granted, client)) this.#victim = granted;
    }
    const toVictim = this.#victim !== undefined && keyOf(this.#victim.message) === keyOf(message);
    return (await this.control.grant?.({ message, toVictim, times: client.grants }, this)) ?? [message];
  }

  #isVictim({ lease }: Granted, { offer }: Client): boolean {
    if (this.control.victim === 'last') return this.#granted.length === CLIENTS;
    const asked = offer?.lease === undefined ? undefined : leaseText(this.kind, offer.lease);
    return this.#granted.length >= AMID && lease === asked;
  }

  #client(message: Message): Client {
    const client = this.#clients.get(keyOf(message));
    if (client === undefined) throw new Error('a message of a client that has asked for nothing');
    return client;
  }

  #asGranted(message: Message, server: StartedServer): Granted {
    if (message.lease === undefined) throw new Error('a grant without a lease');
    return {
      message,
      server: server.name.replace(`${this.kind} `, ''),
      bytes: message.lease,
      lease: leaseText(this.kind, message.lease),
    };
  }
}

function newClient(server: StartedServer): Client {
  return { server, starts: 0, requested: 0, grants: 0, done: () => undefined };
}

/** The timeout is longer than any machine needs. A control that could not be applied must say so. */
async function waitFor(what: string, holds: () => boolean): Promise<void> {
  const held = await until(() => (holds() ? true : undefined), {
    timeoutMs: 60_000,
    everyMs: 5,
    signal: new AbortController().signal,
  });
  if (held === undefined) throw new Error(`waited in vain for ${what}`);
}

function keyOf({ identity }: Message): string {
  return JSON.stringify(identity);
}
