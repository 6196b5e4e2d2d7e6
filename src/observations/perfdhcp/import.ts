import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { Imported, Untold } from '../imported.js';
import { GIVING_BACK_PHASES, type CaseLayout, type Phase } from '../model.js';
import { sourceError } from '../source-error.js';
import { observationsOf, type PerfdhcpCase } from './observations.js';
import { readPerfdhcpLog, type PerfdhcpLog } from './log.js';

export interface PerfdhcpOptions {
  /** Of every delegated prefix; unknown by default. */
  prefixLength?: number | undefined;
}

const PHASES: Readonly<Record<4 | 6, readonly Phase[]>> = {
  4: ['DISCOVER-OFFER', 'REQUEST-ACK'],
  6: ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
};

/**
 * The outputs of `perfdhcp -x l`, one file for each server. Logs of different kinds make different cases.
 * A client identifier that stands in several files is one client.
 * Errors: SOURCE, with the line, where a file is no such log, or not all of one.
 *
 * @example
 * const { layout, observations } = importPerfdhcp(['a.out', 'b.out', 'c.out']);
 */
export function importPerfdhcp(paths: readonly string[], options: PerfdhcpOptions = {}): Imported {
  const files = paths.map((path) => realpathSync(path));
  const [twice] = paths.filter((_, i) => files.indexOf(files[i] ?? '') !== i);
  if (twice !== undefined) throw sourceError(twice, 'it is named twice', 'name one file for each server');
  const cases = casesOf(paths.map(readPerfdhcpLog));
  const logs = cases.flatMap((one) => one.logs);
  return {
    kind: 'perfdhcp',
    files: paths,
    layout: { cases: cases.map(({ layout }) => layout) },
    *observations() {
      for (const [index, one] of cases.entries()) yield* observationsOf(one, index, options.prefixLength);
    },
    identityOf: (caseIndex, client) => {
      const identifier = [...(cases[caseIndex]?.clients.keys() ?? [])][client];
      return identifier === undefined ? undefined : { identifier };
    },
    startedAt: null,
    finishedAt: null,
    untold: untoldBy(cases, logs, options),
    missing: [],
    notes: cases.flatMap((one) => [...sharedClients(one), ...rapidCommits(one)]),
  };
}

function casesOf(logs: readonly PerfdhcpLog[]): PerfdhcpCase[] {
  const byName = new Map<string, PerfdhcpLog[]>();
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
    const layout: CaseLayout = {
      name,
      leaseType: name === 'dhcp6-ia-pd' ? 'prefix' : 'address',
      phases: phasesOf(name, its),
      servers: serverNames(its.map(({ path }) => path)),
      clients: clients.size + its.reduce((sum, log) => sum + neverOffered(log), 0),
    };
    return { layout, logs: its, clients };
  });
}

/** By what was asked for, or else by what was given. */
function caseName({ command, exchanges }: PerfdhcpLog): string {
  if (['DISCOVER-OFFER', 'REQUEST-ACK', 'RENEW-ACK'].some((phase) => exchanges.has(phase as Phase)))
    return 'dhcp4';
  const asked = /\s-e\s*(address-only|prefix-only|address-and-prefix)/.exec(command)?.[1];
  const answers = [...exchanges.values()].flatMap((one) => one.answers);
  const prefixes = asked?.includes('prefix') ?? answers.some(({ prefix }) => prefix !== undefined);
  const addresses =
    asked?.includes('address') ?? (!prefixes || answers.some(({ address }) => address !== undefined));
  return ['dhcp6', 'ia', ...(addresses ? ['na'] : []), ...(prefixes ? ['pd'] : [])].join('-');
}

function phasesOf(name: string, logs: readonly PerfdhcpLog[]): Phase[] {
  // Without times nobody can say what a RELEASE ended.
  const seen = new Set(logs.flatMap(({ exchanges }) => [...exchanges.keys()]));
  for (const phase of GIVING_BACK_PHASES) seen.delete(phase);
  return [...new Set([...PHASES[name === 'dhcp4' ? 4 : 6], ...seen])];
}

/** Clients nobody made an offer, as far as the counts tell: each stands for itself. */
export function neverOffered({ exchanges }: PerfdhcpLog): number {
  const [first] = exchanges.values();
  return first?.sent == null ? 0 : Math.max(0, first.sent - first.answers.length);
}

/** File names without what they have in common, or whole where that would not tell them apart. */
function serverNames(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path).replace(/\.[^.]+$/, ''));
  return new Set(names).size === names.length ? names : [...paths];
}

function untoldBy(
  cases: readonly PerfdhcpCase[],
  logs: readonly PerfdhcpLog[],
  { prefixLength }: PerfdhcpOptions,
): Untold[] {
  const exchanges = logs.flatMap((log) => [...log.exchanges]);
  const some: [Untold, boolean][] = [
    ['times', true],
    ['attempts', true],
    ['requests', exchanges.some(([, { sent }]) => sent === null)],
    ['naks', cases.some(({ layout }) => layout.name === 'dhcp4')],
    ['strayAnswers', true],
    ['drops', true],
    ['prefixLengths', prefixLength === undefined && cases.some(({ layout }) => layout.name.endsWith('pd'))],
    ['holders', exchanges.some(([phase, { sent }]) => GIVING_BACK_PHASES.has(phase) && sent !== 0)],
  ];
  return some.filter(([, untold]) => untold).map(([what]) => what);
}

function sharedClients({ layout, logs, clients }: PerfdhcpCase): string[] {
  if (logs.length < 2) return [];
  const files = new Map<string, number>();
  for (const { exchanges } of logs) {
    const its = new Set(
      [...exchanges.values()].flatMap(({ answers }) => answers.map(({ client }) => client)),
    );
    for (const client of its) files.set(client, (files.get(client) ?? 0) + 1);
  }
  const shared = [...files.values()].filter((count) => count > 1).length;
  if (shared === 0) return [];
  return [
    `${layout.name}: ${shared} of ${clients.size} client identifiers stand in more than one file; each is one ` +
      'client, which may have the same lease from several servers. Give every perfdhcp a base of its own (-b mac=…).',
  ];
}

function rapidCommits({ layout, logs }: PerfdhcpCase): string[] {
  const files = logs.filter(({ command }) => /\s-c(\s|$)/.test(command)).map(({ path }) => path);
  if (files.length === 0) return [];
  return [
    `${layout.name}: perfdhcp asked for rapid commit in ${files.join(', ')}, and lists a REPLY that commits and an ` +
      'ADVERTISE alike, as SOLICIT-ADVERTISE; they are counted as that.',
  ];
}
