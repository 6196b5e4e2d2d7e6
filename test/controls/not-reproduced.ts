import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StartedServer } from '../../src/kea/started-server.js';
import type { Cleanup } from '../../src/processes/cleanup.js';
import type { Result } from '../../src/results/result.js';
import type { StartedSystem } from '../../src/providers/provider.js';
import { runScenario } from '../../src/run/run-scenario.js';
import { loadScenario } from '../../src/scenario/load.js';
import { Progress } from '../../src/terminal/progress.js';
import { interposeProxy } from './meddling-proxy.js';
import { readMessage } from './wire/kinds.js';

/** A fault that changes the published figures, and by itself breaks no premise. */
interface Planted {
  what: string;
  settings?: readonly string[];
  plant?: (system: StartedSystem, cleanup: Cleanup) => Promise<StartedSystem>;
  /** The figure that is then out of its tolerance. */
  outside: 'duplicatePercent' | 'appearancePercent';
}

export const PLANTED: readonly Planted[] = [
  {
    what: 'servers with the allocator random',
    settings: ['kea.version=2.6', 'kea.allocator=random'],
    outside: 'duplicatePercent',
  },
  {
    what: 'requests that reach the servers one after the other, while the scenario says aligned',
    plant: apart,
    outside: 'duplicatePercent',
  },
  {
    what: 'a server that answers from another part of the pool',
    plant: otherPool,
    outside: 'appearancePercent',
  },
];

/** Declares a test for each of these. */
export function declarePlanted(which: readonly Planted[]): void {
  describe('conformance passes, and the published figures are not reproduced, by', () => {
    it.each(which)('$what', async ({ settings = [], plant, outside }) => {
      const result = await planted(settings, plant);
      expect(result.verdict).toBe('pass');
      const { figures = [], premises = [] } = result.reproduction ?? {};
      const found = figures.find(({ name }) => name.includes(outside));
      // Other load on the machine may break a premise. The figure is then inconclusive.
      const areKept = premises.every(({ verdict }) => verdict === 'pass');
      expect(found?.verdict).toBe(areKept ? 'fail' : 'inconclusive');
      expect(result).toMatchObject(
        areKept ? { outcome: 'not reproduced', exitCode: 4 } : { outcome: 'not comparable', exitCode: 2 },
      );
    });
  });
}

async function planted(settings: readonly string[], interpose: Planted['plant']): Promise<Result> {
  const out = mkdtempSync(join(tmpdir(), 'planted-'));
  const set = ['cases=[dhcp4]', 'load.clientsPerServer=60', 'limits.maxStartLatenessMs=5000', ...settings];
  try {
    const { result } = await runScenario({
      loaded: loadScenario('published-galera', { set, quick: true }),
      argv: [],
      out,
      keep: false,
      signal: new AbortController().signal,
      progress: new Progress({ write: () => true }),
      ...(interpose === undefined ? {} : { interpose }),
    });
    return result;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The time from one server's turn to the next: enough for an exchange. Three turns fit before the next round. */
const TURN_MS = 30;

function apart(system: StartedSystem, cleanup: Cleanup): Promise<StartedSystem> {
  return interposeProxy(system, cleanup, {
    request: async (datagram, { name }) => {
      const isFirst = readMessage('dhcp4', datagram)?.role === 'start';
      if (isFirst) await sleep(TURN_MS * (Number(name.at(-1)) - 1));
      return [datagram];
    },
    failed: (error) => {
      throw error;
    },
  });
}

interface Dhcp4Configuration {
  Dhcp4: { subnet4: { pools: { pool: string }[] }[] };
}

/**
 * Gives the last server another pool, which begins in the middle of the others' pool. So it never chooses what they
 * choose.
 */
async function otherPool(system: StartedSystem): Promise<StartedSystem> {
  const last = system.servers.at(-1);
  if (last === undefined) throw new Error('a system without servers');
  const configuration = (await control(last, 'config-get')) as Dhcp4Configuration;
  const [subnet] = configuration.Dhcp4.subnet4;
  const [first, end] = subnet?.pools[0]?.pool.split(/\s*-\s*/) ?? [];
  if (subnet === undefined || first === undefined || end === undefined)
    throw new Error('a server without a pool');
  const octets = first.split('.').map(Number);
  octets[2] = (octets[2] ?? 0) + 4;
  subnet.pools = [{ pool: `${octets.join('.')} - ${end}` }];
  await control(last, 'config-set', { Dhcp4: configuration.Dhcp4 });
  return system;
}

/** Sends a command with arguments to a server's control socket. Rejects if the command fails. */
function control({ controlAt = '' }: StartedServer, command: string, args?: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(controlAt);
    let answer = '';
    socket.setEncoding('utf8');
    socket.once('error', reject);
    socket.once('connect', () => socket.write(JSON.stringify({ command, arguments: args })));
    socket.on('data', (part: string) => (answer += part));
    socket.once('end', () => {
      const {
        result,
        text,
        arguments: given,
      } = JSON.parse(answer) as {
        result: number;
        text?: string;
        arguments?: unknown;
      };
      if (result === 0) resolve(given);
      else reject(new Error(`${command}: ${text ?? ''}`));
    });
  });
}
