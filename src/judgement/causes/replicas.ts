import type { SystemEvidence } from '../../evidence/system.js';

/** Which node each server of a case reads from. That is not known of a server behind a proxy. */
export class Replicas {
  readonly #nodes: ReadonlyMap<string, string>;

  constructor({ servers }: Pick<SystemEvidence, 'servers'>, caseName: string) {
    const prefix = `${caseName} `;
    this.#nodes = new Map(
      servers.flatMap(({ name, node, proxy }) =>
        name.startsWith(prefix) && proxy === undefined ? [[name.slice(prefix.length), node] as const] : [],
      ),
    );
  }

  /** Whether one server's writes reach the other server by replication; false if that is not known. */
  areApart(one: string, other: string): boolean {
    const [a, b] = [this.#nodes.get(one), this.#nodes.get(other)];
    return a !== undefined && b !== undefined && a !== b;
  }
}
