import { messageOf } from '../../errors.js';
import { controlChannel } from '../control-channel.js';
import type { ControlAnswer } from '../control-socket.js';
import type { Configured } from '../allocation.js';
import type { KeaFacts } from './advice.js';

export interface AskedServers {
  servers: readonly KeaFacts[];
  /** The channels that did not answer, and why. */
  silent: readonly { server: string; reason: string }[];
}

const SERVICES = [
  { service: 'dhcp4', family: 4, key: 'Dhcp4' },
  { service: 'dhcp6', family: 6, key: 'Dhcp6' },
] as const;

/**
 * Asks servers for their version and configuration. A control agent may stand before a server of each protocol. Reads only.
 *
 * @param channels paths of Unix sockets, and URLs of control agents or of servers since Kea 3.0
 */
export async function readServers(channels: readonly string[], timeoutMs?: number): Promise<AskedServers> {
  const asked = await Promise.all(channels.map((where) => readChannel(where, timeoutMs)));
  return { servers: asked.flatMap(({ servers }) => servers), silent: asked.flatMap(({ silent }) => silent) };
}

async function readChannel(where: string, timeoutMs: number | undefined): Promise<AskedServers> {
  const found: KeaFacts[] = [];
  const reasons: string[] = [];
  // A socket is that of one server. It ignores which service is asked.
  for (const { service } of where.startsWith('/') ? SERVICES.slice(0, 1) : SERVICES) {
    try {
      const facts = await readServer(where, service, timeoutMs);
      if (found.every(({ family }) => family !== facts.family)) found.push(facts);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  const [reason] = reasons;
  const servers =
    found.length < 2 ? found : found.map((one) => ({ ...one, name: `${one.name} dhcp${one.family}` }));
  return { servers, silent: found.length > 0 || reason === undefined ? [] : [{ server: where, reason }] };
}

async function readServer(
  where: string,
  service: 'dhcp4' | 'dhcp6',
  timeoutMs: number | undefined,
): Promise<KeaFacts> {
  const ask = controlChannel(where, service, timeoutMs);
  const configuration = await ask('config-get');
  const its = (configuration.arguments ?? {}) as Record<string, Configured | undefined>;
  const one = SERVICES.find(({ key }) => its[key] !== undefined);
  const config = one && its[one.key];
  if (one === undefined || config === undefined) throw new Error(refusal('config-get', configuration));
  const version = await ask('version-get');
  const told = /\d+\.\d+\.\d+/.exec(version.text ?? '')?.[0];
  if (told === undefined) throw new Error(refusal('version-get', version));
  return { name: where, family: one.family, version: told, configuration: config };
}

function refusal(command: string, { result, text }: ControlAnswer): string {
  return `${command} was answered with ${text ?? `result ${result}`}`;
}
