import { circumstancesOf } from '../compare/circumstances.js';
import { isGiven } from '../../scenario/run-words.js';
import { meaningOf, type Outcome } from '../outcome.js';
import { changesOf, figuresOf, versionsOf, whyOf } from './figures.js';
import { labelsOf, type Settings } from './labels.js';
import type { LeanResult } from './lean-result.js';
import { LAPSES_AFTER_DAYS, type TrendGroup, type TrendRun } from './model.js';

/** What a run says about how it was to be made. */
export type ToldRun = Pick<LeanResult, 'environment' | 'scenario' | 'tool' | 'source'>;

/** A run as it was found. */
export interface FoundRun {
  directory: string;
  link: string | null;
  scenario: string;
  /** UTC, ISO 8601. */
  startedAt: string;
  outcome: Outcome;
  /** Undefined where it left nothing of its own. */
  told: ToldRun | undefined;
  /** Undefined where the run could not be made. */
  result: LeanResult | undefined;
  /** Why it could not be made. */
  why: string;
}

interface Gathered {
  scenario: string;
  settings: Settings | undefined;
  quick: boolean;
  runs: FoundRun[];
}

/** Nobody waits for the next run of a series that the newest run of all is so much younger than: an experiment, or one given up. */
const LAPSES_AFTER_MS = LAPSES_AFTER_DAYS * 24 * 60 * 60 * 1_000;

/** The runs by scenario and settings, the names in order, each oldest first. */
export function groupsOf(found: readonly FoundRun[]): TrendGroup[] {
  const inOrder = [...found].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const groups = new Map<string, Gathered>();
  const latest = new Map<string, Gathered>();
  for (const run of inOrder) {
    const group = groupFor(run, groups, latest.get(run.scenario));
    group.runs.push(run);
    latest.set(run.scenario, group);
  }
  const all = [...new Set(groups.values())].sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
  const labels = labelsOf(all);
  const newest = Date.parse(inOrder.at(-1)?.startedAt ?? '');
  return all.map(({ scenario, runs }, index) => {
    const told = trendRuns(runs);
    const lapsed = Date.parse(told.at(-1)?.startedAt ?? '') < newest - LAPSES_AFTER_MS;
    return { scenario, settings: labels[index] ?? '', runs: told, redSince: redSince(told), lapsed };
  });
}

/** A run that left nothing of its own has told no settings: it belongs where the one before it does. */
function groupFor(run: FoundRun, groups: Map<string, Gathered>, before: Gathered | undefined): Gathered {
  const { scenario, told } = run;
  if (told === undefined && before !== undefined) return before;
  const settings = told === undefined ? undefined : settingsOf(told);
  const key = JSON.stringify([scenario, [...(settings ?? [])]]);
  const quick = isGiven('quick', told?.scenario.argv ?? []);
  const group = groups.get(key) ?? untold(before) ?? { scenario, settings, quick, runs: [] };
  group.settings ??= settings;
  group.quick ||= quick;
  groups.set(key, group);
  return group;
}

/** A group of runs none of which could be made takes the settings of the first that was. */
function untold(before: Gathered | undefined): Gathered | undefined {
  return before?.settings === undefined ? before : undefined;
}

/** What was asked of Kea tells lines apart as well: versions side by side are no change of the version. */
const ASKED_OF_KEA = ['version', 'allocator', 'pdAllocator', 'offerLifetime', 'threads'];

function settingsOf(told: ToldRun): Settings {
  const said = [...circumstancesOf(told)].filter(([name]) => name.startsWith('scenario.'));
  const kea = told.scenario.effective['kea'];
  const asked = Object.entries(kea !== null && typeof kea === 'object' ? kea : {})
    .filter(([name, value]) => ASKED_OF_KEA.includes(name) && value !== undefined && value !== null)
    .map(([name, value]): [string, string] => [`scenario.kea.${name}`, String(value)]);
  const pairs = [...said, ...asked].map(([name, value]): [string, string] => [
    name.replace(/^scenario\./, ''),
    value,
  ]);
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function trendRuns(runs: readonly FoundRun[]): TrendRun[] {
  let before: Record<string, string> = {};
  return runs.map(({ directory, link, startedAt, outcome, result, why }) => {
    const versions = result === undefined ? {} : versionsOf(result);
    const changes = changesOf(before, versions);
    before = { ...before, ...versions };
    return {
      directory,
      link,
      startedAt,
      seconds: secondsOf(result),
      verdict: result?.verdict ?? null,
      reproduction: result?.reproduction?.verdict ?? null,
      outcome,
      why: result === undefined ? why : whyOf(result),
      versions,
      changes,
      figures: result === undefined ? [] : figuresOf(result),
    };
  });
}

function secondsOf(result: LeanResult | undefined): number | null {
  const { startedAt = null, finishedAt = null } = result ?? {};
  return startedAt === null || finishedAt === null
    ? null
    : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}

/** What can't tell neither begins a red time nor ends one. */
export function redSince(runs: readonly Pick<TrendRun, 'outcome'>[]): number | null {
  const lastGood = runs.findLastIndex(({ outcome }) => meaningOf(outcome).light === 'good');
  const first = runs.findIndex(
    ({ outcome }, index) => index > lastGood && meaningOf(outcome).light === 'red',
  );
  return first < 0 ? null : first;
}
