import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { datagramsOf, noCounts } from '../../../dist/observations/import/capture/file/datagrams.js';
import { openJournal } from '../../../dist/observations/journal/journal.js';
import { compile, withReflector } from './c.mjs';
import { runHarness } from './harness.mjs';
import { measured } from './machine.mjs';
import { owned } from './children.mjs';

const ADDRESS = '127.0.0.1';
const PORTS = [6771, 6772, 6773];
const RELAY_PORTS = [6781, 6782, 6783];
const RATE = 10;
const SECONDS = 30;
/** Bytes of a DHCPv4 message: its transaction id, and the type in its first option (RFC 2131, RFC 2132). */
const [XID, TYPE] = [4, 242];

/**
 * Measures how far apart the copies of one aligned moment leave, one to each of three servers, and how exact the
 * journal's times are. tcpdump, which sees each message in the kernel, is the judge of both.
 */
export async function measureAligned(bench) {
  const reflector = compile('reflector', bench.directory);
  const rounds = [];
  for (let round = 1; round <= bench.rounds; round++) {
    const capture = join(bench.directory, `aligned-${round}.pcap`);
    const journal = join(bench.directory, `aligned-${round}.bin`);
    const result = await withReflectors(reflector, PORTS, (pids) =>
      measured(() => captured(bench, capture, () => runHarness(bench, loadWith(journal))), pids),
    );
    rounds.push({
      round,
      others: result.others,
      stolen: result.stolen,
      isBusy: result.isBusy,
      ...read(capture, journal),
    });
    const { spreadMs, sentEarlyMs, receivedOffMs } = rounds.at(-1);
    bench.say(
      `round ${round}: copies within ${p99(spreadMs)} ms, sent noted ${p99(sentEarlyMs)} ms early at most, ` +
        `arrivals off by ${p99(receivedOffMs)} ms (p99)`,
    );
  }
  return rounds;
}

const p99 = (values) => values.p99.toFixed(3);

function loadWith(journal) {
  return {
    servers: PORTS.map((port, index) => ({
      address: ADDRESS,
      port,
      relay: { address: ADDRESS, port: RELAY_PORTS[index] },
    })),
    clients: RATE * SECONDS,
    rate: RATE,
    arrival: 'aligned',
    timeoutMs: 1_000,
    kept: journal,
  };
}

function withReflectors(program, [port, ...more], body, pids = []) {
  if (port === undefined) return body(pids);
  return withReflector(program, { address: ADDRESS, port }, (pid) =>
    withReflectors(program, more, body, [...pids, pid]),
  );
}

async function captured({ programs }, file, body) {
  const filter = PORTS.map((port) => `udp port ${port}`).join(' or ');
  const args = ['-i', 'lo', '-n', '-Z', 'root', '--immediate-mode', '-U', '-w', file, filter];
  const tcpdump = owned(
    spawn(programs.tcpdump, args, {
      env: { ...process.env, ...programs.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
  const ended = new Promise((resolve) => tcpdump.once('close', resolve));
  let said = '';
  try {
    await new Promise((resolve, reject) => {
      tcpdump.stderr.on('data', (text) => {
        said += text;
        if (said.includes('listening')) resolve();
      });
      tcpdump.once('exit', () => reject(new Error(`tcpdump ended: ${said}`)));
    });
    return await body();
  } finally {
    // What it has not read yet must be in the file.
    await sleep(500);
    tcpdump.kill('SIGTERM');
    await ended;
  }
}

/** Compares the journal with the capture of the same run. */
function read(capture, journal) {
  /** By the server's port, transaction and type: when the kernel saw it, microseconds. */
  const seen = new Map();
  const moments = new Map();
  for (const { atUs, datagram } of datagramsOf(capture, noCounts(), false)) {
    const { payload, source, destination } = datagram;
    const port = PORTS.includes(destination.port) ? destination.port : source.port;
    const xid = Buffer.from(payload).readUInt32BE(XID);
    seen.set(`${port} ${xid} ${payload[TYPE]}`, atUs);
    if (payload[TYPE] !== 1) continue;
    // Each moment has one first message to each server, in the order of the moments.
    const { [port]: before = [] } = Object.fromEntries(moments);
    moments.set(port, [...before, atUs]);
  }
  const spreadMs = moments.get(PORTS[0]).map((_, index) => {
    const times = PORTS.map((port) => moments.get(port)[index]);
    return (Math.max(...times) - Math.min(...times)) / 1_000;
  });
  return { spreadMs: ranks(spreadMs), ...accuracy(moments, seen, journal) };
}

/** How far the journal's times are from the capture's. Both have their own start, so the typical difference is taken off. */
function accuracy(moments, seen, journal) {
  const [sent, received] = [[], []];
  const inCapture = { sent: [], received: [] };
  for (const one of openJournal(journal).observations()) {
    if (one.type === 'sent') sent.push(one.sentAtUs);
    if (one.type === 'answer') received.push(one.receivedAtUs);
  }
  for (const [key, atUs] of seen) inCapture[/ [13]$/.test(key) ? 'sent' : 'received'].push(atUs);
  for (const all of [sent, received, inCapture.sent, inCapture.received])
    all.sort((one, other) => one - other);
  const differ = (own, theirs) => own.map((atUs, index) => theirs[index] - atUs);
  const offsets = differ(received, inCapture.received).sort((one, other) => one - other);
  const offset = offsets[offsets.length >> 1];
  return {
    receivedOffMs: ranks(offsets.map((one) => Math.abs(one - offset) / 1_000)),
    sentEarlyMs: ranks(differ(sent, inCapture.sent).map((one) => (one - offset) / 1_000)),
  };
}

function ranks(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = (share) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: rank(0.5), p99: rank(0.99), max: rank(1) };
}
