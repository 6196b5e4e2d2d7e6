import { join } from 'node:path';
import { spaceOf } from '../../scenario/rules/extra-options.js';

/** A part of Kea's configuration, with Kea's own keys. */
export type Part = Readonly<Record<string, unknown>>;

/**
 * Merges parts that a scenario states into a generated configuration, one after the other. Mappings merge, and any other
 * value replaces the one before it. Three lists don't replace: `hooks-libraries` is added to, and in `option-data` and
 * `loggers` an entry replaces the one for the same option or logger.
 *
 * @param hooks the directory of the hook libraries; a library that is named without a directory is looked for there
 */
export function withExtra(generated: Part, extra: readonly Part[], hooks: string | undefined): Part {
  return extra.reduce((merged, part) => merge(merged, withPaths(part, hooks)), generated);
}

function merge(into: Part, part: Part): Part {
  const merged: Record<string, unknown> = { ...into };
  for (const [key, value] of Object.entries(part)) merged[key] = mergeValue(key, into[key], value);
  return merged;
}

function mergeValue(key: string, before: unknown, value: unknown): unknown {
  if (isPart(before) && isPart(value)) return merge(before, value);
  if (!Array.isArray(before) || !Array.isArray(value)) return value;
  const list = LISTS[key];
  return list === undefined ? value : list(before, value);
}

type MergeLists = (before: readonly unknown[], added: readonly unknown[]) => readonly unknown[];

/** The lists whose entries stay, by their key. */
const LISTS: Readonly<Record<string, MergeLists>> = {
  'hooks-libraries': (before, added) => [...before, ...added],
  'option-data': byEntry(isSameOption),
  loggers: (before, added) => byEntry(isSameLogger)(before, asLoggers(before, added)),
};

function byEntry(isSame: (one: Part, other: Part) => boolean): MergeLists {
  return (before, added) => {
    const isReplaced = (one: unknown): boolean =>
      added.some((other) => isPart(one) && isPart(other) && isSame(one, other));
    return [...before.filter((one) => !isReplaced(one)), ...added];
  };
}

/** An option is named by its code, or by its name, in a space. */
function isSameOption(one: Part, other: Part): boolean {
  if (spaceOf(one) !== spaceOf(other)) return false;
  return (['code', 'name'] as const).some((key) => one[key] !== undefined && one[key] === other[key]);
}

function isSameLogger(one: Part, other: Part): boolean {
  return one['name'] === other['name'];
}

/**
 * The log of a server is evidence, so every logger writes to where the generated ones do. Kea starts with none that has no
 * severity: it is then that of the logger before it, or of all others.
 */
function asLoggers(before: readonly unknown[], added: readonly unknown[]): unknown[] {
  const loggers = before.filter(isPart);
  const output = Object.fromEntries(loggers.flatMap((logger) => Object.entries(logger).filter(isOutput)));
  return added.map((logger) => {
    if (!isPart(logger)) return logger;
    const replaced = loggers.find((one) => isSameLogger(one, logger)) ?? loggers[0];
    const severity = logger['severity'] ?? replaced?.['severity'];
    const own = Object.entries(logger).filter((entry) => !isOutput(entry));
    return { ...Object.fromEntries(own), ...(severity === undefined ? {} : { severity }), ...output };
  });
}

function isOutput([key]: [string, unknown]): boolean {
  return key === 'output-options' || key === 'output_options';
}

function withPaths(part: Part, hooks: string | undefined): Part {
  const libraries = part['hooks-libraries'];
  if (hooks === undefined || !Array.isArray(libraries)) return part;
  return { ...part, 'hooks-libraries': libraries.map((one: unknown) => withPath(one, hooks)) };
}

function withPath(library: unknown, hooks: string): unknown {
  if (!isPart(library) || typeof library['library'] !== 'string' || library['library'].includes('/'))
    return library;
  return { ...library, library: join(hooks, library['library']) };
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
