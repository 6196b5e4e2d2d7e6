import { number } from '../../numbers.js';
import type { Evidence } from '../../evidence/evidence.js';
import type { Scenario } from '../../scenario/schema.js';
import { fastestOf } from '../../scenario/stages.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { MachineFigures, Shortage } from '../../results/resources.js';
import { busyText, isCpuShort, isShared } from '../machine/machine.js';
import { foundWhileShort } from '../machine/shortage-text.js';
import { isUnsound } from '../checks/enough-measured.js';
import { experimentOf, otherExperiment } from './comparison.js';

/**
 * What must hold for an experiment to show its figures. Whatever keeps the machine busy can break every premise but
 * the last one. What the servers themselves do breaks none.
 */
export const PREMISE_NAMES = [
  'premise.measured',
  'premise.cpu',
  'premise.drops',
  'premise.starts',
  'premise.answers',
  'premise.topology',
] as const;
export type PremiseName = (typeof PREMISE_NAMES)[number];

export interface PremisesInput {
  cases: readonly CaseFigures[];
  scenario: Pick<Scenario, 'limits'> &
    Partial<Pick<Scenario, 'load' | 'published' | 'servers' | 'cluster' | 'external' | 'kea'>>;
  evidence: Pick<Evidence, 'drops' | 'sendErrors'>;
  soundness: readonly Check[];
  machine: MachineFigures | null;
}

/** A row for each premise of the run and of each case. A premise that nobody could observe has no row. */
export function premisesOf(input: PremisesInput): Check[] {
  const { cases, machine, evidence, scenario } = input;
  return [
    ...(machine === null ? [] : [cpuLeft(machine)]),
    nothingDropped(evidence),
    ...cases.flatMap((figures) => [
      measured(figures, input),
      ...(scenario.load === undefined
        ? []
        : [startsOnTime(figures, scenario.load, input), ...answersInTime(figures, scenario.load, machine)]),
      ...(scenario.published === undefined ? [] : [topology(figures, scenario)]),
    ]),
  ];
}

/** Whether every premise of a case, and of the whole run, was kept. */
export function areKept(premises: readonly Check[], caseName: string): boolean {
  return !isUnsound(premises, caseName);
}

function premise(
  name: PremiseName,
  caseName: string,
  isKept: boolean,
  expected: string,
  found: string,
  short: readonly Shortage[] = [],
): Check {
  const verdict = isKept ? 'pass' : 'inconclusive';
  return { name, case: caseName, phase: '', expected, ...foundWhileShort(found, short), verdict };
}

function busy(machine: MachineFigures): Shortage {
  return { resource: 'busy', found: busyText(machine) };
}

function cpuLeft(machine: MachineFigures): Check {
  const found = `no CPU was left for ${Math.round(machine.usedUpPercent)}% of the time`;
  const expected = 'CPU time was free nearly all the time';
  const isKept = !isCpuShort(machine);
  return premise('premise.cpu', '', isKept, expected, found, isKept ? [] : [busy(machine)]);
}

function nothingDropped({ drops, sendErrors = [] }: PremisesInput['evidence']): Check {
  const count =
    drops.reduce((sum, one) => sum + one.drops, 0) + sendErrors.reduce((sum, one) => sum + one.errors, 0);
  return premise('premise.drops', '', count === 0, 'no datagram was dropped', `${number(count)} dropped`);
}

function measured({ name }: CaseFigures, { soundness }: PremisesInput): Check {
  const broken = soundness.filter(
    ({ verdict, case: of }) => verdict === 'inconclusive' && (of === '' || of === name),
  );
  return premise(
    'premise.measured',
    name,
    broken.length === 0,
    'the load was driven and answered as planned',
    broken.length === 0 ? 'it was' : broken.map(({ actual, short }) => short?.found ?? actual).join('; '),
    [...new Map(broken.flatMap(({ short }) => short?.of ?? []).map((one) => [one.found, one])).values()],
  );
}

/** Late starts of two servers may coincide where they should not, or not coincide where they should. */
function startsOnTime(
  { name, servers, schedule }: CaseFigures,
  load: Scenario['load'],
  { scenario: { limits } }: PremisesInput,
): Check {
  const spacing = spacingMs(load, servers);
  const most = Math.min(limits.maxStartLatenessMs, spacing === null ? Infinity : spacing / 2);
  const { latenessP99Ms } = schedule;
  return premise(
    'premise.starts',
    name,
    latenessP99Ms !== null && latenessP99Ms <= most,
    `99% of the starts within ${ms(most)} of the schedule`,
    latenessP99Ms === null ? 'no starts' : `99% within ${ms(latenessP99Ms)}`,
  );
}

/**
 * Whether answers came in time. The figures depend on which client chooses a lease before which. So an exchange must
 * be over before the next one starts. With aligned starts, the offers must be there before the first client of a
 * round requests one. On a machine that others share, answers may be late because of the others. On an idle machine,
 * the servers themselves make them late.
 */
function answersInTime(
  { name, servers, phases }: CaseFigures,
  load: Scenario['load'],
  machine: MachineFigures | null,
): Check[] {
  const spacing = spacingMs(load, servers);
  if (spacing === null) return [];
  const { collectOffersMs } = load;
  const tookMs = collectOffersMs + sum(phases.map(({ latencyMs }) => latencyMs.p99));
  const offersMs = phases[0]?.latencyMs.p90 ?? 0;
  const areOffersLate = load.arrival === 'aligned' && collectOffersMs > 0 && offersMs > collectOffersMs;
  const late = [
    ...(tookMs > spacing
      ? [`exchanges took up to ${ms(tookMs)} (p99), with a start every ${ms(spacing)}`]
      : []),
    ...(areOffersLate
      ? [`offers took up to ${ms(offersMs)} (p90), and clients collect them for ${ms(collectOffersMs)}`]
      : []),
  ];
  const isKept = late.length === 0 || (machine !== null && !isShared(machine));
  return [
    premise(
      'premise.answers',
      name,
      isKept,
      'answers came before the next start, or only the servers made them late',
      late.length === 0 ? 'they did' : late.join('; '),
      isKept || machine === null ? [] : [busy(machine)],
    ),
  ];
}

function topology({ name, servers }: CaseFigures, scenario: PremisesInput['scenario']): Check {
  const differences = otherExperiment(experimentOf(scenario, servers));
  return premise(
    'premise.topology',
    name,
    differences.length === 0,
    "the article's experiment: three servers on three nodes, aligned",
    differences.length === 0 ? 'it is' : differences.join('; '),
  );
}

/**
 * The time from one start to the next start that may meet it at a server, milliseconds; null where chance decides
 * that time, or all clients start at once.
 */
function spacingMs(load: Scenario['load'], servers: number): number | null {
  const periodMs = 1_000 / fastestOf(load);
  if (load.arrival === 'aligned') return periodMs;
  return load.arrival === 'staggered' ? periodMs / servers : null;
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}

function ms(value: number): string {
  return `${Math.round(value * 10) / 10} ms`;
}
