import { isPlainObject } from '../scenario/language/settings.js';
import { circumstancesOf } from '../compare/circumstances.js';
import { isGiven } from '../scenario/run-words.js';
import { secondsTaken } from '../report/words/took.js';
import { versionsOf } from '../report/words/versions.js';
import { meaningOf, type Outcome } from '../results/run-outcome.js';
import { changesOf, figuresOf, whyOf } from './figures.js';
import { labelsOf, type Settings } from './labels.js';
import type { LeanResult } from './lean-result.js';
import { LAPSES_AFTER_DAYS, type TrendGroup, type TrendRun } from './trend-schema.js';

/** The parts of a result that describe how the run was made. */
export type ToldRun = Pick<LeanResult, 'environment' | 'scenario' | 'tool' | 'source'>;

/** A stored run. */
export interface FoundRun {
  directory: string;
  /** The path below the directory that was searched. */
  name: string;
  link: string | null;
  scenario: string;
  /** The name that a suite file gives it, such as `stress 200-dhcp4`. */
  ownName: string | null;
  /** UTC, ISO 8601. */
  startedAt: string;
  outcome: Outcome;
  /** Undefined if the run stored nothing. */
  told: ToldRun | undefined;
  /** Undefined if the run could not be made. */
  result: LeanResult | undefined;
  /** Why it could not be made, or why its rate was too high. Empty where its checks say it. */
  why: string;
}

interface Gathered {
  scenario: string;
  settings: Settings | undefined;
  quick: boolean;
  runs: FoundRun[];
}

/**
 * The age at which a series lapses: its last run is so much older than the newest run of all series. Such a series
 * was an experiment, or was given up.
 */
const LAPSES_AFTER_MS = LAPSES_AFTER_DAYS * 24 * 60 * 60 * 1_000;

/** How far the clocks of the machines whose runs are listed may be ahead of this one. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60 * 1_000;

/** Groups the runs by scenario and settings. Groups are sorted by scenario name, the runs of a group by time. */
export function groupsOf(found: readonly FoundRun[], now = Date.now()): TrendGroup[] {
  const inOrder = [...found].sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const groups = new Map<string, Gathered>();
  const latest = new Map<string, Gathered>();
  for (const run of inOrder) {
    const group = groupFor(run, groups, latest.get(run.scenario));
    group.runs.push(run);
    latest.set(run.scenario, group);
  }
  const all = [...new Set(groups.values())].sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
  const named = all.map(nameOf);
  const labels = labelsOf(
    all.map((group, index) => ({
      ...group,
      scenario: named[index] ?? group.scenario,
      installed: installedIn(group),
    })),
  );
  // A clock that was ahead made a run of the future. It does not make all other series old.
  const newest = Math.max(
    ...inOrder.map(({ startedAt }) => Date.parse(startedAt)).filter((at) => at <= now + CLOCKS_DIFFER_MS),
  );
  return all.map(({ scenario, runs }, index) => {
    const told = trendRuns(runs);
    const lapsed = Date.parse(told.at(-1)?.startedAt ?? '') < newest - LAPSES_AFTER_MS;
    return {
      ...{ scenario, name: named[index] ?? scenario, settings: labels[index] ?? '' },
      ...{ runs: told, redSince: redSince(told), lapsed },
    };
  });
}

/** The scenario; where all runs are of the same run of a suite file, its name, which says more than its settings. */
function nameOf({ scenario, runs }: Gathered): string {
  const [own, ...others] = new Set(runs.map(({ ownName }) => ownName));
  return others.length === 0 ? (own ?? scenario) : scenario;
}

/** The group for a run. A run that stored nothing has no settings, so it joins the group of the run before it. */
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

/** The previous group, if none of its runs could be made. It takes the settings of the first run that was made. */
function untold(before: Gathered | undefined): Gathered | undefined {
  return before?.settings === undefined ? before : undefined;
}

/**
 * Settings of Kea and of the database that separate groups. Two requested versions side by side are two series, not a
 * change of version.
 */
const ASKED = {
  kea: ['version', 'allocator', 'pdAllocator', 'offerLifetime', 'threads'],
  cluster: ['version', 'galeraVersion'],
} as const;

function settingsOf(told: ToldRun): Settings {
  const said = [...circumstancesOf(told)].filter(([name]) => name.startsWith('scenario.'));
  const asked = Object.entries(ASKED).flatMap(([block, keys]) => {
    const stated = told.scenario.effective[block];
    const values = isPlainObject(stated) ? stated : {};
    return keys
      .filter((key) => values[key] !== undefined && values[key] !== null)
      .map((key): [string, string] => [`scenario.${block}.${key}`, String(values[key])]);
  });
  const pairs = [...said, ...asked].map(([name, value]): [string, string] => [
    name.replace(/^scenario\./, ''),
    value,
  ]);
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The versions of the newest run that tells them, by the settings that could have asked for others. */
function installedIn({ runs }: Gathered): Settings {
  const { kea, database } = runs.findLast(({ told }) => told?.environment)?.told?.environment ?? {};
  const found = [
    ['kea.version', kea?.version],
    ['cluster.version', database?.version],
    ['cluster.galeraVersion', database?.wsrepProvider],
  ] as const;
  return new Map(
    found.flatMap(([name, version]) => (version === undefined || version === '' ? [] : [[name, version]])),
  );
}

function trendRuns(runs: readonly FoundRun[]): TrendRun[] {
  let before: Record<string, string> = {};
  return runs.map(({ directory, name, link, startedAt, outcome, result, why }) => {
    const versions = result === undefined ? {} : versionsOf(result);
    const changes = changesOf(before, versions);
    before = { ...before, ...versions };
    return {
      directory,
      name,
      link,
      startedAt,
      seconds: secondsTaken(result?.startedAt ?? null, result?.finishedAt ?? null),
      verdict: result?.verdict ?? null,
      reproduction: result?.reproduction?.verdict ?? null,
      outcome,
      why: why === '' && result !== undefined ? whyOf(result) : why,
      versions,
      changes,
      figures: result === undefined ? [] : figuresOf(result),
    };
  });
}

/**
 * The index of the run that began the current red period; null if the series is not red. A run that can't tell
 * neither begins nor ends a red period.
 */
export function redSince(runs: readonly Pick<TrendRun, 'outcome'>[]): number | null {
  const lastGood = runs.findLastIndex(({ outcome }) => meaningOf(outcome).light === 'good');
  const first = runs.findIndex(
    ({ outcome }, index) => index > lastGood && meaningOf(outcome).light === 'red',
  );
  return first < 0 ? null : first;
}
