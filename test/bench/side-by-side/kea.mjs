import { spawn } from 'node:child_process';
import { openSync, closeSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { owned } from './children.mjs';

export const KEA = { address: '127.0.0.1', port: 6767 };
/** Both clients act as this relay. Kea sends its answers to the relay's port 67. */
export const RELAY = { address: '127.0.0.1', port: 67 };

const CONFIGURATION = {
  Dhcp4: {
    'interfaces-config': { interfaces: ['lo/127.0.0.1'], 'dhcp-socket-type': 'udp' },
    'lease-database': { type: 'memfile', persist: false },
    'multi-threading': { 'enable-multi-threading': true, 'thread-pool-size': 2 },
    'valid-lifetime': 4000,
    subnet4: [
      {
        id: 4,
        subnet: '10.0.0.0/8',
        pools: [{ pool: '10.1.0.0 - 10.254.255.255' }],
        relay: { 'ip-addresses': [RELAY.address] },
      },
    ],
    loggers: [{ name: 'kea-dhcp4', severity: 'ERROR', output_options: [{ output: 'stdout' }] }],
  },
};

/** Starts a Kea without leases, runs `body`, and ends Kea. */
export async function withKea({ programs, directory }, body) {
  const file = join(directory, 'kea.json');
  writeFileSync(file, JSON.stringify(CONFIGURATION));
  const log = openSync(join(directory, 'kea.log'), 'w');
  const kea = owned(
    spawn(programs.keaDhcp4, ['-c', file, '-p', String(KEA.port)], {
      env: { ...process.env, ...programs.environment, KEA_PIDFILE_DIR: directory, KEA_LOCKFILE_DIR: 'none' },
      stdio: ['ignore', log, log],
    }),
  );
  closeSync(log);
  const ended = new Promise((resolve) => kea.once('close', resolve));
  try {
    await listening(kea, join(directory, 'kea.log'));
    return await body();
  } finally {
    kea.kill('SIGTERM');
    await ended;
  }
}

async function listening(kea, log) {
  const port = KEA.port.toString(16).toUpperCase().padStart(4, '0');
  while (!readFileSync('/proc/net/udp', 'latin1').includes(`:${port} `)) {
    if (kea.exitCode !== null) throw new Error(`Kea ended: ${readFileSync(log, 'utf8')}`);
    await sleep(20);
  }
}
