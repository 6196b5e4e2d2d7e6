import type { z } from 'zod';
import type { CheckProblem } from '../checks/stated-check.js';
import { nearest } from './nearest.js';
import { descriptionAt, keysAt, nearestPath, parsePath, showPath, type Path, type Schema } from './paths.js';
import type { Finding } from './problems.js';

type Issue = z.core.$ZodIssue;

/**
 * Explains the issues that zod found to somebody who edits the file. A key that is missing because it was misspelled
 * is not reported twice.
 *
 * @param data what zod looked at
 * @param root the schema; the scenario's by default
 */
export function explainAll(issues: readonly Issue[], data: unknown, root?: Schema): Finding[] {
  const findings = issues.flatMap((issue) => explain(issue, data, root));
  const meant = new Set(findings.map(({ suggestion }) => suggestion));
  return findings.filter(({ path }) => valueAt(data, path) !== undefined || !meant.has(showPath(path)));
}

function explain(issue: Issue, data: unknown, root: Schema | undefined): Finding[] {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey([...path, key], 'file', root));
  const inCheck = checkProblemOf(issue);
  if (inCheck !== undefined) return [findingInCheck(path, inCheck)];
  const value = valueAt(data, path);
  const name = path.length === 0 ? 'the file' : showPath(path);
  if (value === undefined) {
    return [
      {
        path,
        related: [path.slice(0, -1)],
        at: 'key',
        message: `${name} is missing`,
        hint: hintFor(path, root),
      },
    ];
  }
  if (issue.code === 'invalid_key')
    return [{ path, at: 'key', message: `${name} ${issue.issues[0]?.message ?? 'is not a key here'}` }];
  const { must, meant } = requirement(issue, value);
  const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
  return [
    {
      path,
      at: 'value',
      message: `${name} ${must}, but is ${showValue(value)}${suggestion}`,
      suggestion: meant,
      hint: typeof value === 'number' && must === MUST_BE.string ? 'put it in quotes' : hintFor(path, root),
    },
  ];
}

/** The problem that the schema attaches to an issue about a check; see schema.ts. */
function checkProblemOf(issue: Issue): CheckProblem | undefined {
  return issue.code === 'custom' ? (issue.params?.['problem'] as CheckProblem | undefined) : undefined;
}

/** A finding about the value that states the check. */
export function findingInCheck(path: Path, { offset, message, suggestion, hint }: CheckProblem): Finding {
  return { path, at: 'value', offset, message: `${showPath(path)}: ${message}`, suggestion, hint };
}

/** A finding about a key, or a path of `--set`, that the schema does not have. */
export function unknownKey(path: Path, where: 'file' | 'set', root?: Schema): Finding {
  const meant = nearestPath(path, root);
  const parent = showPath(path.slice(0, -1));
  const isSibling = parent === '' ? !meant?.includes('.') : meant?.startsWith(`${parent}.`);
  const shown = where === 'file' && isSibling ? meant?.slice(parent === '' ? 0 : parent.length + 1) : meant;
  const keys = keysAt(path.slice(0, -1), root);
  return {
    path,
    at: 'key',
    message: `${showPath(path)} is not a key here${shown === undefined ? '' : `; did you mean ${shown}?`}`,
    suggestion: meant,
    hint:
      meant === undefined
        ? keys.length === 0
          ? undefined
          : `keys ${parent === '' ? 'here' : `of ${parent}`}: ${keys.join(', ')}`
        : hintFor(parsePath(meant), root),
  };
}

const MUST_BE: Record<string, string> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  tuple: 'must be a list',
  object: 'must be a mapping of keys to values',
  record: 'must be a mapping of keys to values',
};

/** What the value must be, and the value that was probably meant. */
function requirement(issue: Issue, value: unknown): { must: string; meant?: string | undefined } {
  switch (issue.code) {
    case 'invalid_type':
      return { must: MUST_BE[issue.expected] ?? `must be of type ${issue.expected}` };
    case 'too_small':
      return { must: bound(issue.origin, issue.minimum, issue.inclusive ? 'at least' : 'greater than') };
    case 'too_big':
      return { must: bound(issue.origin, issue.maximum, issue.inclusive ? 'at most' : 'less than') };
    case 'invalid_value': {
      const values = issue.values.map(String);
      return {
        must: values.length === 1 ? `must be ${values.join()}` : `must be one of ${values.join(', ')}`,
        meant: typeof value === 'string' ? nearest(value, values) : undefined,
      };
    }
    case 'invalid_union':
      // This text is for unions without a message of their own. known-failures.ts has one with such a message.
      return {
        must: issue.message.startsWith('must ') ? issue.message : 'must be text, a number, true or false',
      };
    // The schema states the messages of formats and refinements; see schema.ts.
    case 'invalid_format':
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { must: issue.message };
  }
}

function bound(origin: string, limit: number | bigint, relation: string): string {
  if (origin === 'string')
    return limit === 1 ? 'must not be empty' : `must have ${relation} ${limit} characters`;
  if (origin === 'array') return `must have ${relation} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `must be ${relation} ${limit}`;
}

/** The schema's description of a path, or of the nearest block around it that has one. */
function hintFor(path: Path, root?: Schema): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const described = path.slice(0, length);
    const description = descriptionAt(described, root);
    if (description !== undefined) return `${showPath(described)}: ${description}`;
  }
  return undefined;
}

/** Describes a value in a few words. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string') {
    if (value === '') return 'empty text';
    return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value)}`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list';
    const isShort = value.length <= 3 && value.every((entry) => typeof entry === 'number');
    return isShort ? `[${value.join(', ')}]` : `a list of ${value.length}`;
  }
  return 'a mapping';
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}
