// npm run bench:capture [-- --clients N] [--limits]: times `analyze` of a capture of a million packets: four for each
// of 250,000 clients. It measures two captures: one with a transaction id for each client, and one with a single id
// for all. With --limits, as in `npm run nightly`, the exit code is 1 if `analyze` takes more time or memory than it
// may. It is 2 if `analyze` took too long because other programs kept the machine busy: then the bench can't tell.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withinLimits } from './limits.mjs';

const dist = new URL('../../dist/', import.meta.url);
const { CaptureWriter } = await import(new URL('observations/import/capture/file/writer.js', dist));
const { encodeMessage, MESSAGE_TYPE, OP, OPTION, parseIpv4 } = await import(
  new URL('dhcp/v4/index.js', dist)
);

const LIMITS = { seconds: 20, mebibytes: 600e6 / 2 ** 20 };
const BROADCAST = { address: '255.255.255.255', port: 67 };
const CLIENT = { address: '0.0.0.0', port: 68 };
const SERVER = { address: '10.0.0.2', port: 67 };
const ZERO = new Uint8Array(4);
const [SNAME, FILE] = [new Uint8Array(64), new Uint8Array(128)];

const { values } = parseArgs({
  options: { clients: { type: 'string', default: '250000' }, limits: { type: 'boolean', default: false } },
});

const u32 = (value) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};
const SERVER_ID = [OPTION.serverIdentifier, parseIpv4(SERVER.address)];
const LEASE_TIME = [OPTION.leaseTime, u32(3_600)];

function write(path, clients, hasOneId) {
  let us = 1.7e15;
  const capture = new CaptureWriter(path);
  for (let client = 0; client < clients; client++) {
    const chaddr = new Uint8Array(16);
    chaddr.set([2, 0, ...u32(client)]);
    const xid = hasOneId ? 7 : 0x0100_0000 + client;
    const lease = u32(0x0a10_0000 + client);
    const put = (afterUs, op, type, yiaddr, ...options) => {
      us = 1.7e15 + client * 1_000 + afterUs;
      const identifier = [OPTION.clientIdentifier, Uint8Array.of(1, ...chaddr.subarray(0, 6))];
      const message = encodeMessage({
        op,
        htype: 1,
        hlen: 6,
        hops: 0,
        xid,
        secs: 0,
        flags: 0x8000,
        ciaddr: ZERO,
        yiaddr,
        siaddr: ZERO,
        giaddr: ZERO,
        chaddr,
        sname: SNAME,
        file: FILE,
        options: new Map([[OPTION.messageType, Uint8Array.of(type)], identifier, ...options]),
      });
      if (op === OP.bootRequest) capture.append(CLIENT, BROADCAST, message, us);
      else capture.append(SERVER, { ...BROADCAST, port: CLIENT.port }, message, us);
    };
    put(0, OP.bootRequest, MESSAGE_TYPE.discover, ZERO);
    put(200, OP.bootReply, MESSAGE_TYPE.offer, lease, SERVER_ID, LEASE_TIME);
    put(400, OP.bootRequest, MESSAGE_TYPE.request, ZERO, SERVER_ID, [OPTION.requestedAddress, lease]);
    put(700, OP.bootReply, MESSAGE_TYPE.ack, lease, SERVER_ID, LEASE_TIME);
  }
  capture.close();
}

/** The CPU time and memory of the process so far, from /proc (proc(5)); `undefined` once the process has ended. */
function usage(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return peak && { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, mebibytes: peak[1] / 1024 };
  } catch {
    return undefined;
  }
}

async function analyze(path) {
  const begun = performance.now();
  const cli = fileURLToPath(new URL('cli.js', dist));
  const child = spawn(process.execPath, [cli, 'analyze', path, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let says = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (says += text));
  let used = { cpuSeconds: 0, mebibytes: 0 };
  const watch = setInterval(() => (used = usage(child.pid) ?? used), 50);
  const [code] = await once(child, 'close');
  clearInterval(watch);
  return { ...used, code, says: JSON.parse(says).verdict, seconds: (performance.now() - begun) / 1_000 };
}

const directory = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  for (const [ids, hasOneId] of [
    ['an id for each client', false],
    ['one id for all', true],
  ]) {
    const path = join(directory, `${hasOneId}.pcap`);
    const clients = Number(values.clients);
    write(path, clients, hasOneId);
    const took = await analyze(path);
    console.log(
      `${((4 * clients) / 1e6).toFixed(2)} million packets (${(statSync(path).size / 1e6).toFixed(0)} MB), ${ids}: ` +
        `${took.seconds.toFixed(1)} s, ${took.cpuSeconds.toFixed(1)} s CPU, ${took.mebibytes.toFixed(0)} MiB at most; ${took.says}`,
    );
    rmSync(path);
    const code = values.limits ? withinLimits(took, LIMITS) : 0;
    process.exitCode = took.code !== 0 ? 1 : process.exitCode === 1 ? 1 : code || process.exitCode;
  }
} finally {
  rmSync(directory, { recursive: true });
}
