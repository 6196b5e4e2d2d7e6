import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Anonymiser } from '../../report/anonymise/anonymiser.js';
import type { Outcome } from '../../results/outcomes.js';
import { storeRun } from '../../store/stored-run.test-support.js';
import { analyze, type Analyzed } from './analyze.js';
import { requireRecording, writeRecordingReports } from './recording-reports.js';

const fixture = (path: string) =>
  fileURLToPath(new URL(`../../observations/import/${path}`, import.meta.url));
const CAPTURE = fixture('capture/fixtures/dhcp4-ethernet.pcap');
const TWO_CASES = fixture('capture/fixtures/dhcp6-ethernet.pcap');
const LOG = fixture('perfdhcp/fixtures/dhcp4-1.out');

let directory: string;
let out: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'recording-reports-'));
  out = join(directory, 'out');
});
afterEach(() => rmSync(directory, { recursive: true }));

interface Model {
  lanes: string[];
  series: { lane: number; phase: string }[];
  bins: { series: Partial<Record<Outcome, number[]>>[] };
}

function modelOf(page: string): Model {
  const text = /id="timeline-data">([^<]*)</.exec(page)?.[1] ?? '';
  return JSON.parse(text) as Model;
}

const read = (name: string) => readFileSync(join(out, name), 'utf8');

function analyzed(...args: Parameters<typeof analyze>): Analyzed {
  const [only] = analyze(...args);
  if (only === undefined) throw new Error('nothing was judged');
  return only;
}

it('a capture gets a page and a timeline, whose counts are those of the judgement', () => {
  const judged = analyzed([CAPTURE], []);
  expect(writeRecordingReports(judged, out, undefined)).toEqual({ directory: out, hasTimeline: true });
  expect(read('report.html')).toContain('href="timeline.html"');
  expect(existsSync(join(out, 'timeline', '0001.js'))).toBe(true);

  const { lanes, series, bins } = modelOf(read('timeline.html'));
  const [one] = judged.result.cases;
  for (const phase of one?.phases ?? [])
    for (const server of phase.perServer) {
      const place = series.findIndex(
        ({ lane, phase: name }) => name === phase.name && lanes[lane] === `${one?.name} ${server.name}`,
      );
      for (const outcome of ['lease', 'nak', 'no-lease', 'timeout'] as const) {
        const counted = (bins.series[place]?.[outcome] ?? []).reduce((sum, value) => sum + value, 0);
        expect(counted, `${server.name} ${phase.name} ${outcome}`).toBe(server.outcomes[outcome] ?? 0);
      }
    }
});

it('only the chosen cases are on the timeline', () => {
  const all = analyzed([TWO_CASES], []).result.cases.map(({ name }) => name);
  expect(all.length).toBeGreaterThan(1);
  writeRecordingReports(analyzed([TWO_CASES], [], { cases: all.slice(1) }), out, undefined);
  const { lanes } = modelOf(read('timeline.html'));
  expect(lanes.length).toBeGreaterThan(0);
  expect(lanes.filter((lane) => lane.startsWith(`${all[0]} `))).toEqual([]);
});

it('an anonymised recording has the same names in page and timeline', () => {
  const anonymiser = new Anonymiser();
  const judged = analyzed([CAPTURE], []);
  const result = anonymiser.result(judged.result);
  writeRecordingReports({ ...judged, result }, out, anonymiser);
  const names = result.cases.flatMap((one) =>
    one.phases.flatMap(({ perServer }) => perServer.map(({ name }) => `${one.name} ${name}`)),
  );
  expect(new Set(modelOf(read('timeline.html')).lanes)).toEqual(new Set(names));
});

it('logs without times get a page only, and a run directory is refused', () => {
  const judged = analyzed([LOG], []);
  expect(writeRecordingReports(judged, out, undefined).hasTimeline).toBe(false);
  expect(read('report.html')).not.toContain('timeline.html');
  expect(existsSync(join(out, 'timeline.html'))).toBe(false);

  expect(() => writeRecordingReports(judged, out, undefined)).toThrow(/is not empty/);
  const run = join(directory, 'run');
  storeRun(run, 3);
  expect(() => requireRecording([run])).toThrow(expect.objectContaining({ code: 'USAGE' }));
  expect(() => requireRecording([CAPTURE])).not.toThrow();
});
