import { counted } from '../../../numbers.js';
import type { PerfdhcpLog } from './log.js';
import type { PerfdhcpCase } from './observations.js';

/** Sentences for the reader of the report: how perfdhcp's outputs were read. */
export function notesOn(cases: readonly PerfdhcpCase[]): string[] {
  const logs = cases.flatMap((one) => one.logs);
  return [
    ...severalOutputs(logs),
    ...logs.flatMap(passedOver),
    ...cases.flatMap((one) => [...sharedClients(one), ...rapidCommits(one)]),
    ...logs.flatMap(notUnique),
  ];
}

function severalOutputs(logs: readonly PerfdhcpLog[]): string[] {
  const files = new Map<string, string[]>();
  for (const { path, name, isOneOfSeveral } of logs)
    if (isOneOfSeveral) files.set(path, [...(files.get(path) ?? []), name]);
  return [...files].map(
    ([path, names]) =>
      `${path} has ${names.length} outputs of perfdhcp; each counts as a server, ${names[0]} to ${names.at(-1)}. They may be ` +
      'of one server, one after the other: a lease that two of them list for different clients may have been given back.',
  );
}

function passedOver({ name, passedOver: { count, first } }: PerfdhcpLog): string[] {
  if (count === 0) return [];
  const lines = count === 1 ? '1 line after the lists was' : `${count} lines after the lists were`;
  const shown = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  return [`${name}: ${lines} ignored${count === 1 ? ':' : '; the first is'} ${JSON.stringify(shown)}`];
}

function sharedClients({ layout, logs, clients }: PerfdhcpCase): string[] {
  if (logs.length < 2) return [];
  const outputs = new Map<string, number>();
  for (const { exchanges } of logs) {
    const its = new Set(
      [...exchanges.values()].flatMap(({ answers }) => answers.map(({ client }) => client)),
    );
    for (const client of its) outputs.set(client, (outputs.get(client) ?? 0) + 1);
  }
  const shared = [...outputs.values()].filter((count) => count > 1).length;
  if (shared === 0) return [];
  const where = logs.some(({ isOneOfSeveral }) => isOneOfSeveral) ? 'output' : 'file';
  return [
    `${layout.name}: ${shared} of ${counted(clients.size, 'client identifier', 'client identifiers')} ${shared === 1 ? 'stands' : 'stand'} in more than one ${where}; each is one ` +
      'client, which may have the same lease from several servers. Give every perfdhcp a base of its own (-b mac=…).',
  ];
}

function rapidCommits({ layout, logs }: PerfdhcpCase): string[] {
  const names = logs.filter(({ command }) => /\s-c(\s|$)/.test(command)).map(({ path }) => path);
  if (names.length === 0) return [];
  return [
    `${layout.name}: perfdhcp asked for rapid commit in ${[...new Set(names)].join(', ')}. It lists a committing REPLY and ` +
      'an ADVERTISE alike under SOLICIT-ADVERTISE, so both count as SOLICIT-ADVERTISE.',
  ];
}

/** Answers whose lease perfdhcp itself calls not unique (option `-u`). */
function notUnique({ name, exchanges }: PerfdhcpLog): string[] {
  return [...exchanges].flatMap(([phase, one]) =>
    one.notUnique === 0
      ? []
      : [
          `${name}: perfdhcp itself (-u) counts ${counted(one.notUnique, 'answer', 'answers')} of ${phase} with a lease that it had been given ` +
            'before, for the same client or another one.',
        ],
  );
}
