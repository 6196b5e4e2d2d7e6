import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBytesOf } from '../files/regular-file.js';
import { whyNot } from '../files/why-not.js';
import { ownCommand } from '../tool.js';
import { nearest } from './language/nearest.js';
import { ScenarioError, type Problem } from './language/problems.js';

/** The package's own directories, beside `src/` and beside `dist/`. */
const SCENARIOS = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const SUITES = fileURLToPath(new URL('../../suites/', import.meta.url));

const EXTENSION = /\.ya?ml$/;
const MAX_BYTES = 64 * 1024;

/** A hint for a file that is no scenario: it may be a capture or a log of perfdhcp. */
const CAPTURES = `captures and perfdhcp logs are judged by \`${ownCommand('analyze FILE')}\``;

export interface ScenarioFile {
  /** An absolute path. */
  readonly path: string;
  /** The path as messages show it: relative if the file lies below the working directory. */
  readonly file: string;
}

/** The names of the package's scenarios. */
export function scenarioNames(): string[] {
  return namesIn(SCENARIOS);
}

/** The names of the package's suites. */
export function suiteNames(): string[] {
  return namesIn(SUITES);
}

function namesIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((entry) => entry.endsWith('.yaml'))
    .map((entry) => basename(entry, '.yaml'))
    .sort();
}

/** Whether the text is a path and not a name: it contains a slash, or ends in .yaml or .yml. */
export function isPath(nameOrPath: string): boolean {
  return nameOrPath.includes('/') || nameOrPath.includes(sep) || EXTENSION.test(nameOrPath);
}

/** The file of a suite of the package. */
export function suiteFile(name: string): ScenarioFile {
  return ownFile(SUITES, name);
}

/**
 * The file that a name or a path stands for. A name such as `staggered` is that of a scenario of the package.
 * {@link readScenarioText} finds out whether a path can be read.
 * @throws ScenarioError for a name that the package does not have
 */
export function findScenario(nameOrPath: string): ScenarioFile {
  if (isPath(nameOrPath)) return { path: resolve(nameOrPath), file: nameOrPath };
  const names = scenarioNames();
  if (names.includes(nameOrPath)) return ownFile(SCENARIOS, nameOrPath);
  const suites = suiteNames();
  const meant = nearest(nameOrPath, [...names, ...suites]);
  throw unreadable(nameOrPath || '(empty)', {
    message: `there is no such scenario${didYouMean(meant)}`,
    suggestion: meant,
    hint: existsInWorkingDirectory(nameOrPath)
      ? `for the file of that name write ./${nameOrPath}`
      : `\`${ownCommand('scenarios')}\` lists scenarios and suites; a file of your own is given by its path`,
  });
}

function ownFile(directory: string, name: string): ScenarioFile {
  const path = join(directory, `${name}.yaml`);
  const fromHere = relative(process.cwd(), path);
  return { path, file: fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere };
}

/**
 * The text of a scenario file.
 * @throws ScenarioError where the file is missing, no regular file, too large, not readable, or not UTF-8
 */
export function readScenarioText({ path, file }: ScenarioFile): string {
  const bytes = readBytes(path, file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(
      file,
      { message: 'is not UTF-8 text', hint: `save it as UTF-8; ${CAPTURES}` },
      cause,
      firstBadByte(bytes),
    );
  }
}

function readBytes(path: string, file: string): Buffer {
  try {
    const found = statSync(path);
    if (found.isDirectory()) {
      const [first] = yamlFilesIn(path);
      throw unreadable(file, {
        message: 'is a directory, not a scenario file',
        suggestion: first && join(file, first),
        hint: first === undefined ? 'name a YAML file' : `name a file in it, such as ${join(file, first)}`,
      });
    }
    if (!found.isFile()) throw unreadable(file, { message: 'is not a regular file' });
    if (found.size > MAX_BYTES)
      throw unreadable(file, { message: 'is too large for a scenario (over 64 KiB)', hint: CAPTURES });
    return readBytesOf(path, MAX_BYTES);
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw unreadable(file, { message: `can't be read: ${whyNot(error)}` }, error);
    const near = nearest(basename(path), yamlFilesIn(dirname(path)));
    const meant = near ?? nearest(basename(path).replace(EXTENSION, ''), scenarioNames());
    const suggestion = near === undefined ? meant : join(dirname(file), near);
    throw unreadable(
      file,
      {
        message: `there is no such file${didYouMean(suggestion)}`,
        suggestion,
        hint: `\`${ownCommand('scenarios')}\` lists the scenarios that need no path`,
      },
      error,
    );
  }
}

function unreadable(
  file: string,
  problem: Pick<Problem, 'message' | 'suggestion' | 'hint'>,
  cause?: unknown,
  position: { line?: number; column?: number } = {},
): ScenarioError {
  return new ScenarioError([{ location: { file, ...position }, path: '', ...problem }], { cause });
}

const didYouMean = (meant: string | undefined) => (meant === undefined ? '' : `; did you mean ${meant}?`);

function existsInWorkingDirectory(name: string): boolean {
  return name !== '' && !name.includes('\0') && existsSync(name);
}

function yamlFilesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((entry) => EXTENSION.test(entry))
      .sort();
  } catch {
    return [];
  }
}

/**
 * Decodes the bytes with replacement characters and encodes them again. The result first differs at the first bad
 * byte.
 */
function firstBadByte(bytes: Buffer): { line: number; column: number } {
  const again = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  let offset = bytes.findIndex((byte, index) => byte !== again[index]);
  if (offset < 0) offset = bytes.length;
  const lines = bytes.subarray(0, offset).toString('utf8').split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
