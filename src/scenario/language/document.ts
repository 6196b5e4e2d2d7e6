import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
  type Scalar,
  type YAMLError,
} from 'yaml';
import { messageOf } from '../../errors.js';
import { showPath, type Path } from './paths.js';
import { ScenarioError, throwIfAny, type Finding, type Location, type Problem } from './problems.js';

/** A YAML text as data, and where each value of it was written. */
export interface SourceDocument {
  readonly data: unknown;
  /**
   * Where the value at `path`, or its key, was written. Where there is none, the nearest value around it.
   * @param offset characters into a value that is text
   */
  locate(path: Path, at: Finding['at'], offset?: number): Location;
}

/** More than any honest file needs, and far fewer than a "billion laughs" attack needs. */
const MAX_ALIASES = 100;

/**
 * Reads one YAML document.
 * @param locationOf names a place in the text, by line and column from 1
 * @throws ScenarioError for invalid YAML, several documents, repeated keys, unknown tags, bad aliases
 */
export function parseDocument(
  text: string,
  locationOf: (line: number, column: number) => Location,
): SourceDocument {
  const lineCounter = new LineCounter();
  const locationAt = (offset: number) => {
    const { line, col } = text === '' ? { line: 1, col: 1 } : lineCounter.linePos(offset);
    return locationOf(Math.max(line, 1), Math.max(col, 1));
  };
  const problemAt = (offset: number, message: string, hint?: string): Problem => ({
    location: locationAt(offset),
    path: '',
    message,
    hint,
  });

  try {
    const [doc, second] = parseAllDocuments(text, { lineCounter, prettyErrors: false }) as Document[];
    if (doc === undefined) return { data: undefined, locate: () => locationAt(0) };
    throwIfAny(syntaxProblems(doc, text, problemAt));
    if (second !== undefined) {
      // The range begins at the `---`, which is where the reader looks for the second document.
      throw new ScenarioError([
        problemAt(
          second.range?.[0] ?? 0,
          'a second YAML document begins here; a file holds one',
          'remove the ---',
        ),
      ]);
    }
    throwIfAny(contentProblems(doc, problemAt));
    return {
      data: doc.toJS({ maxAliasCount: MAX_ALIASES }),
      locate: (path, at, offset = 0) => locationAt(offsetOf(doc, path, at, offset)),
    };
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    // There were too many aliases, or the nesting exhausted the stack.
    const problem = problemAt(firstAlias(text), `can't be read as YAML: ${firstLine(messageOf(error))}`);
    throw new ScenarioError([problem], { cause: error });
  }
}

type ProblemAt = (offset: number, message: string, hint?: string) => Problem;

/** The first syntax error, as the following ones tend to follow from it, or every repeated key. */
function syntaxProblems(doc: Document, text: string, problemAt: ProblemAt): Problem[] {
  const errors: YAMLError[] = [...doc.errors, ...doc.warnings];
  const syntax = errors.filter(({ code }) => code !== 'DUPLICATE_KEY').sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (syntax !== undefined) {
    const [at] = syntax.pos;
    return [
      problemAt(
        at,
        `this is not valid YAML: ${firstLine(syntax.message)}`,
        aliasHint(text, at) ?? tabHint(syntax),
      ),
    ];
  }
  return errors.map(({ pos }) => {
    const key = /^["']?([\w.-]{1,60})/.exec(text.slice(pos[0], pos[0] + 64))?.[1];
    return problemAt(
      pos[0],
      `${key ?? 'this key'} is given twice in the same mapping`,
      'keep one of the two lines',
    );
  });
}

/** A hint for a check such as *.first.duplicatePercent without quotes: YAML reads its beginning as an alias. */
function tabHint({ code }: YAMLError): string | undefined {
  return code === 'TAB_AS_INDENT' ? 'indent with spaces' : undefined;
}

function aliasHint(text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', Math.max(offset - 1, 0)) + 1, offset + 1);
  return /(?:^|[\s[{,])\*/.test(before) ? 'text that begins with * must be in quotes' : undefined;
}

/** Problems with what YAML allows and a scenario does not. */
function contentProblems(doc: Document, problemAt: ProblemAt): Problem[] {
  const problems: Problem[] = [];
  visit(doc, {
    Alias: (_, alias) => {
      if (alias.resolve(doc) === undefined)
        problems.push(
          problemAt(
            alias.range?.[0] ?? 0,
            `*${alias.source} names no anchor above it`,
            'text that begins with * must be in quotes',
          ),
        );
    },
    Pair: (_, pair) => {
      const key = pair.key as Node | null;
      const offset = key?.range?.[0] ?? 0;
      if (isScalar(key) && typeof key.value !== 'string')
        problems.push(problemAt(offset, 'a key must be text', 'put the key in quotes'));
      else if (isCollection(key) || isAlias(key))
        problems.push(problemAt(offset, 'a key must be a plain word'));
      // zod ignores this key in records.
      else if (isScalar(key) && key.value === '__proto__')
        problems.push(problemAt(offset, `${showPath(['__proto__'])} is not a key here`));
    },
  });
  return problems;
}

function offsetOf(doc: Document, path: Path, at: Finding['at'], within: number): number {
  let node: Node | null = doc.contents;
  let key = node?.range?.[0] ?? 0;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(doc) ?? null;
    if (isMap<Node, Node | null>(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === String(segment));
      if (pair === undefined) return key;
      key = pair.key.range?.[0] ?? key;
      node = pair.value;
    } else if (isSeq<Node>(node) && node.items[Number(segment)] !== undefined) {
      node = node.items[Number(segment)] ?? null;
      key = node?.range?.[0] ?? key;
    } else return key;
  }
  const isBlock = isCollection(node) && node.flow !== true;
  const isNothing = node === null || (isScalar(node) && node.source === '');
  if (at === 'key' || isBlock || isNothing) return key;
  return (node?.range?.[0] ?? key) + (isScalar(node) ? offsetInSource(node, within) : 0);
}

/**
 * The offset in the source of a scalar, for an offset in its value. 0 where folding or escapes make the two differ.
 */
function offsetInSource({ type, source, value, range }: Scalar, within: number): number {
  if (range == null || source === undefined || source !== value || source.includes('\n')) return 0;
  if (type === 'PLAIN') return within;
  const isVerbatim = range[1] - range[0] === source.length + 2;
  return isVerbatim && (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') ? within + 1 : 0;
}

function firstAlias(text: string): number {
  return Math.max(0, text.search(/(?<=[\s,[{:-])[&*]\w/));
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? '';
