import { caseOfLeases, familyOf, leaseTypesOf, type CaseKind } from '../../../protocol/cases.js';
import { familyOfPhase, firstPhasesOf, GIVING_BACK_PHASES, type Phase } from '../../../protocol/phases.js';
import { realpathSync } from 'node:fs';
import type { Untold } from '../../../results/registry/untold.js';
import type { Imported } from '../imported.js';
import type { CaseLayout } from '../../observation.js';
import { sourceError } from '../../source-error.js';
import { readPerfdhcpLogs, type PerfdhcpLog } from './log.js';
import { notesOn } from './notes.js';
import type { PerfdhcpCase } from './observations.js';
import { hasReleases, heldAtOnce, heldForCertain, whyUncertain } from './when-held.js';

export interface PerfdhcpOptions {
  /** The length of every delegated prefix; unknown by default. */
  prefixLength?: number | undefined;
}

/** The most servers of a case that the judgement can number. */
const MOST_SERVERS = 128;

/**
 * Imports outputs of `perfdhcp -x l`, one file for each server. If a file has several outputs, each of them counts as
 * a server. Outputs of different kinds make different cases. A client identifier in several outputs of a case is one
 * client.
 * Errors: SOURCE, with the line, if a file is no such log or is incomplete.
 *
 * @example
 * const { layout, observations } = importPerfdhcp(['a.out', 'b.out', 'c.out']);
 */
export function importPerfdhcp(paths: readonly string[], options: PerfdhcpOptions = {}): Imported {
  const files = paths.map((path) => realpathSync(path));
  const [twice] = paths.filter((_, i) => files.indexOf(files[i] ?? '') !== i);
  if (twice !== undefined) throw sourceError(twice, 'it is named twice', 'name one file for each server');
  const cases = casesOf(paths.flatMap(readPerfdhcpLogs));
  const logs = cases.flatMap((one) => one.logs);
  const { prefixLength } = options;
  const why = whyUncertain(cases);
  const identifiers = cases.map(({ clients }) => [...clients.keys()]);
  return {
    kind: 'perfdhcp',
    files: paths,
    layout: { cases: cases.map(({ layout }) => layout) },
    observations: () => heldAtOnce(cases, prefixLength),
    ...(why === undefined
      ? {}
      : { certain: { observations: () => heldForCertain(cases, prefixLength), why } }),
    identityOf: (caseIndex, client) => {
      const identifier = identifiers[caseIndex]?.[client];
      return identifier === undefined ? undefined : { identifier };
    },
    startedAt: null,
    finishedAt: null,
    untold: untoldBy(cases, logs, options),
    missing: [],
    notes: notesOn(cases),
  };
}

function casesOf(logs: readonly PerfdhcpLog[]): PerfdhcpCase[] {
  const byName = new Map<CaseKind, PerfdhcpLog[]>();
  for (const log of logs) {
    const name = caseName(log);
    byName.set(name, [...(byName.get(name) ?? []), log]);
  }
  return [...byName].map(([name, its]) => {
    const clients = new Map<string, number>();
    for (const { exchanges } of its) {
      for (const { answers } of exchanges.values()) {
        for (const { client } of answers) if (!clients.has(client)) clients.set(client, clients.size);
      }
    }
    if (its.length > MOST_SERVERS) {
      const many = `there are ${its.length} outputs of ${name}, more than ${MOST_SERVERS}`;
      throw sourceError(its[0]?.path ?? '', many, 'judge fewer of them at a time');
    }
    const layout: CaseLayout = {
      name,
      leaseType: leaseTypesOf(name)[0],
      phases: phasesOf(name, its),
      servers: serverNames(its),
      clients: clients.size + its.reduce((sum, log) => sum + neverOffered(log), 0),
    };
    return { layout, logs: its, clients };
  });
}

/** The case that perfdhcp asked for (`-e`), or else the case of the leases that it was given. */
function caseName({ command, exchanges }: PerfdhcpLog): CaseKind {
  const [phase] = exchanges.keys();
  if (phase !== undefined && familyOfPhase(phase) === 4) return 'dhcp4';
  const asked = /\s-e\s*(address-only|prefix-only|address-and-prefix)/.exec(command)?.[1];
  const answers = [...exchanges.values()].flatMap((one) => one.answers);
  const prefixes = asked?.includes('prefix') ?? answers.some(({ prefix }) => prefix !== undefined);
  const addresses =
    asked?.includes('address') ?? (!prefixes || answers.some(({ address }) => address !== undefined));
  return caseOfLeases(6, [
    ...(addresses ? (['address'] as const) : []),
    ...(prefixes ? (['prefix'] as const) : []),
  ]);
}

function phasesOf(name: CaseKind, logs: readonly PerfdhcpLog[]): Phase[] {
  // The log has no times, so nobody can say which holdings a RELEASE ended.
  const seen = new Set(logs.flatMap(({ exchanges }) => [...exchanges.keys()]));
  for (const phase of GIVING_BACK_PHASES) seen.delete(phase);
  return [...new Set([...firstPhasesOf(familyOf(name)), ...seen])];
}

/** The number of unanswered requests in the first exchange. Each of them counts as a client of its own. */
export function neverOffered({ exchanges }: PerfdhcpLog): number {
  const [first] = exchanges.values();
  return first?.sent == null ? 0 : Math.max(0, first.sent - first.answers.length);
}

/** The names of the logs; their paths instead if two names are the same. The number of an output stays at the end. */
function serverNames(logs: readonly PerfdhcpLog[]): string[] {
  const names = logs.map(({ name }) => name);
  if (new Set(names).size === names.length) return names;
  return logs.map(({ path, name }) => path + (/#\d+$/.exec(name)?.[0] ?? ''));
}

function untoldBy(
  cases: readonly PerfdhcpCase[],
  logs: readonly PerfdhcpLog[],
  { prefixLength }: PerfdhcpOptions,
): Untold[] {
  const exchanges = logs.flatMap((log) => [...log.exchanges]);
  const some: [Untold, boolean][] = [
    ['times', true],
    ['heldWhen', whyUncertain(cases) === undefined],
    ['attempts', true],
    ['requests', exchanges.some(([, { sent }]) => sent === null)],
    ['naks', cases.some(({ layout }) => layout.name === 'dhcp4')],
    ['strayAnswers', true],
    ['drops', true],
    ['prefixLengths', prefixLength === undefined && cases.some(({ layout }) => layout.name.endsWith('pd'))],
    ['holders', logs.some((log) => log.isOneOfSeveral || hasReleases(log))],
    ['furtherAssociations', logs.some(mayAskForSeveral)],
  ];
  return some.filter(([, untold]) => untold).map(([what]) => what);
}

/**
 * Whether a message may ask for several leases of one kind: perfdhcp sends a template of the user (`-T`), or adds an
 * IA_NA or IA_PD option (`-o 3` or `-o 25`).
 */
function mayAskForSeveral({ command }: PerfdhcpLog): boolean {
  return /\s-6(\s|$)/.test(command) && /\s-(T\s|o\s*(3|25),)/.test(command);
}
