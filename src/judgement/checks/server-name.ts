import type { CaseLayout } from '../../observations/observation.js';

export function serverName({ servers }: Pick<CaseLayout, 'servers'>, server: number): string {
  return servers[server] ?? `server ${server}`;
}
