import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORD_BYTES } from '../src/observations/journal/record.js';
import { type Result, resultSchema } from '../src/results/result.js';
import { RunFiles } from './support/run-files.js';
import { smallRun } from './support/small-scenario.js';
import { everyPortIsDhcp, tshark } from './support/tshark.js';
import { Workspace } from './support/workspace.js';

describe('a real run with --capture', () => {
  let workspace: Workspace;
  let run: RunFiles;
  let result: Result;

  beforeAll(async () => {
    workspace = new Workspace();
    const cases = 'cases=[dhcp4,dhcp6-ia-na,dhcp6-ia-pd]';
    // tshark takes an identifier of ASCII bytes for text, which is longer, and marks the message as malformed. With
    // this seed no identifier is of ASCII bytes only.
    const seed = 'seed=2434937668';
    const { code, output } = await workspace.run(smallRun({}, '--capture', '--set', cases, '--set', seed));
    expect(code, output).toBe(0);
    run = RunFiles.only(workspace.cwd, 'small');
    result = run.result;
  });
  afterAll(() => workspace.remove());

  async function analyzed(...args: string[]): Promise<{ code: number | null; result: Result }> {
    const { code, stdout, stderr } = await workspace.run(['analyze', ...args, '--json']);
    expect(stderr).toBe('');
    return { code, result: resultSchema.parse(JSON.parse(stdout)) };
  }

  it('is judged the same again without its result, and differently once a record is changed', async () => {
    const aside = join(workspace.path, 'result.json');
    renameSync(join(run.path, 'result.json'), aside);
    const before = stateOf(run.path);
    expect(await analyzed(run.path)).toEqual({ code: 0, result });
    expect(stateOf(run.path)).toEqual(before);
    expect(existsSync(join(run.path, 'result.json'))).toBe(false);

    const [path, evidence] = ['journal.bin', 'evidence.json'].map((name) => join(run.path, name)) as [
      string,
      string,
    ];
    const [journal, told] = [readFileSync(path), readFileSync(evidence, 'utf8')];
    writeFileSync(path, withOneLeaseTwice(journal));
    expect(await workspace.run(['analyze', run.path])).toMatchObject({ code: 64 });
    // The evidence of earlier versions has no digest of the journal.
    writeFileSync(evidence, JSON.stringify({ ...(JSON.parse(told) as object), journalDigests: undefined }));
    const changed = await analyzed(run.path);
    expect(changed.code).toBe(1);
    expect(changed.result.cases[0]).toMatchObject({ name: 'dhcp4', heldConcurrently: 1 });
    expect(changed.result.cases[0]?.phases).not.toEqual(result.cases[0]?.phases);
    expect(changed.result.cases[1]).toEqual(result.cases[1]);
    writeFileSync(path, journal);
    writeFileSync(evidence, told);
    renameSync(aside, join(run.path, 'result.json'));
  });

  it('has the same figures in its capture', async () => {
    const capture = await analyzed(join(run.path, 'capture.pcap'));
    expect(capture.code).toBe(0);
    expect(figuresOf(capture.result)).toEqual(figuresOf(result));
    expect(capture.result.source).toMatchObject({ kind: 'capture' });
  });

  it('has a capture that tshark reads: every message well-formed, every checksum good', async () => {
    const path = join(run.path, 'capture.pcap');
    const ports = await everyPortIsDhcp(path);
    const fields = [
      '_ws.malformed',
      '_ws.expert.message',
      'ip.checksum.status',
      'udp.checksum.status',
      'frame.protocols',
    ];
    const told = await tshark([
      ...['-r', path, ...ports, '-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'],
      ...['-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    ]);
    const lines = told.trimEnd().split('\n');
    // The value 1 means good. IPv6 has no checksum of its own.
    expect([...new Set(lines)].sort()).toEqual(['\t\t\t1\traw:ipv6:udp:dhcpv6', '\t\t1\t1\traw:ip:udp:dhcp']);
    expect(lines).toHaveLength(run.observations.filter(({ type }) => type !== 'timeout').length);
  });

  it('is exported with every observation', async () => {
    const { code, stdout } = await workspace.run(['export', run.path]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1 + run.observations.length);
  });

  it('is judged up to where its journal ends if it was killed', async () => {
    const journal = readFileSync(join(run.path, 'journal.bin'));
    writeFileSync(join(run.path, 'journal.bin'), journal.subarray(0, journal.length - 40));
    rmSync(join(run.path, 'evidence.json'));
    const killed = await analyzed(run.path);
    expect(killed.code).toBe(2);
    expect(killed.result.checks.find(({ name }) => name === 'source.complete')?.actual).toMatch(
      /no evidence\.json.*last record of the journal is incomplete \(24 bytes/,
    );
  });
});

/** The figures that a capture can give: all figures of the phases but late answers and intended send times. */
function figuresOf({ cases }: Result) {
  return cases.map(
    ({ name, clients, clientsWithLease, committingLeases, heldConcurrently, overlappingLeases, phases }) => ({
      ...{ name, clients, clientsWithLease, committingLeases, heldConcurrently, overlappingLeases },
      phases: phases.map(({ latencyMs, perServer, outcomes, firstAttemptOutcomes, ...phase }) => ({
        ...phase,
        servers: perServer.map(({ responses, requests }) => ({ responses, requests })),
        outcomes: { ...outcomes, late: null },
        firstAttemptOutcomes: { ...firstAttemptOutcomes, late: null },
        answered: latencyMs?.answered,
      })),
    }),
  );
}

/** The journal with the lease of one client's first ACK replaced by that of another client's. */
function withOneLeaseTwice(journal: Buffer): Buffer {
  const changed = Buffer.from(journal);
  const acks: number[] = [];
  for (let at = changed.length % RECORD_BYTES; at < changed.length; at += RECORD_BYTES) {
    // An answer of case 0 in phase 1 that is a lease; see src/observations/journal/record.ts.
    if (changed[at] === 2 && changed[at + 1] === 0 && changed[at + 2] === 1 && changed[at + 14] === 0)
      acks.push(at);
  }
  const [one = 0, other = 0] = acks;
  changed.copy(changed, one + 32, other + 32, other + 36);
  return changed;
}

function stateOf(directory: string) {
  return readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mtimeMs]);
}
