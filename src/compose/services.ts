/** A service as Compose's file names its parts (Compose specification, "services"). */
export type Service = Readonly<Record<string, unknown>>;
export type Services = Readonly<Record<string, Service>>;

/** The nodes of a profile, ready for the Kea servers that are pinned to them. */
export interface DatabaseProfile {
  name: 'galera' | 'percona';
  /** The host number of the first of its three nodes. */
  firstNode: number;
  /** The host number of the first of its six servers. */
  firstServer: number;
  /** The first of its servers' reply ports. */
  firstReplyPort: number;
  nodes: Services;
}

export const NODES = 3;

/**
 * The password. Compose takes it from a variable, and says what to do where the variable isn't set. The password must
 * not contain `"`, `'`, `\` or `$`.
 */
export const PASSWORD = '${KEA_DB_PASSWORD:?set it in the environment or in a file named .env}';

/** How an image is built. Base and mirror come from variables, as build arguments. */
export function buildOf(role: 'kea' | 'galera' | 'percona', base: string): object {
  const mirror = { APT_SOURCES: '${APT_SOURCES:-}', APT_OPTIONS: '${APT_OPTIONS:-}' };
  return {
    image: `kea-lease-conformance-compose/${role}`,
    build: {
      context: `docker/${role}`,
      // Where the engine may not touch the packet filter, a build can use no other network.
      network: 'host',
      args: { BASE: `\${${role.toUpperCase()}_BASE:-${base}}`, ...(role === 'percona' ? {} : mirror) },
    },
  };
}

/** A service's health check. Services that depend on this service wait until the check succeeds. */
export function healthcheck(test: readonly string[]): object {
  return { healthcheck: { test: ['CMD', ...test], interval: '2s', timeout: '10s', retries: 90 } };
}

export function nodeName(profile: DatabaseProfile['name'], number: number): string {
  return `${profile}-${number}`;
}
