/** A service as Compose's file names its parts (Compose specification, "services"). */
export type Service = Readonly<Record<string, unknown>>;
export type Services = Readonly<Record<string, Service>>;

/** The nodes of a profile, ready for the Kea servers that are pinned to them. */
export interface DatabaseProfile {
  name: 'galera' | 'percona';
  /** Host numbers of its three nodes. */
  firstNode: number;
  /** Host number of its first server. */
  firstServer: number;
  /** The first of its reply ports. */
  firstReplyPort: number;
  nodes: Services;
}

export const NODES = 3;

/** Compose asks for it, and says what to do where it isn't set. It must do without `"`, `'`, `\` and `$`. */
export const PASSWORD = '${KEA_DB_PASSWORD:?set it in the environment or in a file named .env}';

/** How an image is built: base and mirror come by variables, as build arguments. */
export function buildOf(role: 'kea' | 'galera' | 'percona', base: string): object {
  const mirror = { APT_SOURCES: '${APT_SOURCES:-}', APT_OPTIONS: '${APT_OPTIONS:-}' };
  return {
    image: `kea-lease-conformance-compose/${role}`,
    build: {
      context: `docker/${role}`,
      // Where the engine may not touch the packet filter, a build has no other network.
      network: 'host',
      args: { BASE: `\${${role.toUpperCase()}_BASE:-${base}}`, ...(role === 'percona' ? {} : mirror) },
    },
  };
}

/** Until it says that it is ready, what depends on it waits. */
export function healthcheck(test: readonly string[]): object {
  return { healthcheck: { test: ['CMD', ...test], interval: '2s', timeout: '10s', retries: 90 } };
}

export function nodeName(profile: DatabaseProfile['name'], number: number): string {
  return `${profile}-${number}`;
}
