import { createSocket } from 'node:dgram';
import { randomBytes, randomInt } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type Docker from 'dockerode';
import { HarnessError } from '../errors.js';
import { until } from '../processes/wait.js';
import { refusal } from './failure.js';

/**
 * The network of one run: a bridge of this machine without a way out of it. This machine has the gateway's addresses
 * in the network, and the harness acts as the relay there.
 */
export interface RunNetwork {
  name: string;
  gateway: { v4: string; v6: string | undefined };
  /** The addresses of the host with this number, 2 to 254. */
  host(number: number): { v4: string; v6: string | undefined };
}

export interface NetworkRequest {
  engine: Docker;
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Whether the network has IPv6 too; the engine's machine may be without. */
  ipv6: boolean;
}

const TRIES = 20;

/**
 * Makes the network, with subnets that neither the engine nor the machine has. IPv4 comes from 198.18.0.0/15, which
 * RFC 2544 sets aside for measuring devices. IPv6 comes from unique local addresses (RFC 4193).
 *
 * @throws HarnessError PREREQUISITE where the engine refuses
 */
export async function createNetwork({ engine, name, labels, ipv6 }: NetworkRequest): Promise<RunNetwork> {
  for (let attempt = 1; ; attempt++) {
    const v4 = `198.${18 + randomInt(2)}.${randomInt(256)}`;
    const v6 = ipv6 ? uniqueLocalPrefix() : undefined;
    if (isOfThisMachine(`${v4}.`) && attempt < TRIES) continue;
    try {
      await engine.createNetwork({
        Name: name,
        CheckDuplicate: true,
        Driver: 'bridge',
        Internal: true,
        EnableIPv6: ipv6,
        Labels: { ...labels },
        IPAM: {
          Config: [
            { Subnet: `${v4}.0/24`, Gateway: `${v4}.1` },
            ...(v6 === undefined ? [] : [{ Subnet: `${v6}::/64`, Gateway: `${v6}::1` }]),
          ],
        },
      });
      const host = (number: number) => ({
        v4: `${v4}.${number}`,
        v6: v6 === undefined ? undefined : `${v6}::${number.toString(16)}`,
      });
      return { name, gateway: host(1), host };
    } catch (error) {
      const refused = refusal(`the network ${name} can't be made`, error);
      if (!/overlaps/i.test(refused.message) || attempt === TRIES) throw refused;
    }
  }
}

/**
 * Waits until the gateway's addresses can be bound. The bridge is up only once the first container is, and IPv6 first
 * looks for another holder of its address (RFC 4862 section 5.4).
 *
 * @throws HarnessError PREREQUISITE where they are no addresses of this machine
 */
export async function waitForGateway({ gateway }: RunNetwork, signal: AbortSignal): Promise<void> {
  const addresses = [gateway.v4, ...(gateway.v6 === undefined ? [] : [gateway.v6])];
  for (const address of addresses) {
    const bound = await until(async () => ((await canBind(address)) ? true : undefined), {
      timeoutMs: 10_000,
      signal,
    });
    if (bound !== undefined) continue;
    throw new HarnessError(
      'PREREQUISITE',
      `${address}, the gateway of the run's network, is not an address of this machine: the engine runs on another machine`,
      {
        hint: 'the harness reaches containers over their bridge: run it on the machine, or in the virtual machine, where the engine runs (DOCKER_HOST)',
      },
    );
  }
}

/** A random unique local prefix: `fd` and 40 random bits, then a subnet of it (RFC 4193 section 3.1). */
function uniqueLocalPrefix(): string {
  const digits = randomBytes(5).toString('hex');
  const groups = [`fd${digits.slice(0, 2)}`, digits.slice(2, 6), digits.slice(6), '1'];
  return groups.map((group) => parseInt(group, 16).toString(16)).join(':');
}

function isOfThisMachine(start: string): boolean {
  return Object.values(networkInterfaces())
    .flat()
    .some((one) => one?.address.startsWith(start));
}

function canBind(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(0, address, () => socket.close(() => resolve(true)));
  });
}
