import { findScenario, isPath, readScenarioText, suiteFile, suiteNames } from './catalogue.js';
import { parseDocument } from './language/document.js';
import { loadScenarioText, type LoadedScenario, type LoadOptions } from './load.js';
import { isSuite } from './suites/is-suite.js';
import { loadSuiteText, type LoadedSuite } from './suites/load.js';

/** What a name or path on the command line stands for. */
export type Requested =
  | { readonly kind: 'scenario'; readonly loaded: LoadedScenario }
  | { readonly kind: 'suite'; readonly suite: LoadedSuite; readonly text: string };

/**
 * Loads what is to be run: a scenario or a suite of the package by its name, or a file. A file with `runs` or a
 * `matrix` is a suite.
 *
 * @throws ScenarioError (code `SCENARIO`)
 */
export function loadRequested(nameOrPath: string, options: LoadOptions): Requested {
  const isSuiteName = !isPath(nameOrPath) && suiteNames().includes(nameOrPath);
  const file = isSuiteName ? suiteFile(nameOrPath) : findScenario(nameOrPath);
  const text = readScenarioText(file);
  const document = parseDocument(text, (line, column) => ({ file: file.file, line, column }));
  return isSuite(document)
    ? { kind: 'suite', suite: loadSuiteText(file, text, options), text }
    : { kind: 'scenario', loaded: loadScenarioText(file, text, options) };
}
