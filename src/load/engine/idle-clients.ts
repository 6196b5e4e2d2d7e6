const NOWHERE = 0xffff_ffff;

/**
 * The clients that hold a lease and have nothing under way, in a list for each server. One can be picked at random.
 * It takes 8 bytes a client.
 */
export class IdleClients {
  readonly #servers: number;
  /** The idle clients of each server, in no order. */
  readonly #lists: Uint32Array[];
  readonly #lengths: Uint32Array;
  /** The place of each client in its server's list, or NOWHERE. */
  readonly #places: Uint32Array;

  constructor(clients: number, servers: number) {
    this.#servers = servers;
    this.#lists = Array.from({ length: servers }, () => new Uint32Array(Math.ceil(clients / servers)));
    this.#lengths = new Uint32Array(servers);
    this.#places = new Uint32Array(clients).fill(NOWHERE);
  }

  add(client: number): void {
    if (this.has(client)) return;
    const server = client % this.#servers;
    const length = this.#lengths[server] ?? 0;
    this.#put(server, length, client);
    this.#lengths[server] = length + 1;
  }

  has(client: number): boolean {
    return this.#places[client] !== NOWHERE;
  }

  remove(client: number): void {
    if (!this.has(client)) return;
    const server = client % this.#servers;
    const last = (this.#lengths[server] ?? 0) - 1;
    this.#lengths[server] = last;
    this.#put(server, this.#places[client] ?? 0, this.#lists[server]?.[last] ?? 0);
    this.#places[client] = NOWHERE;
  }

  /**
   * Picks an idle client of the server, and takes it out of the list.
   *
   * @param random in [0, 1), decides which client
   * @returns -1 where the server has no idle client
   */
  take(server: number, random: number): number {
    const length = this.#lengths[server] ?? 0;
    if (length === 0) return -1;
    const client = this.#lists[server]?.[Math.floor(random * length)] ?? 0;
    this.remove(client);
    return client;
  }

  #put(server: number, place: number, client: number): void {
    const list = this.#lists[server];
    if (list !== undefined) list[place] = client;
    this.#places[client] = place;
  }
}
