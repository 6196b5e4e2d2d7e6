import { readFileSync } from 'node:fs';

/**
 * Modules of a page as one script. A page that is opened as a file can't import modules, so they share one scope here, and
 * their imports and exports fall away. The names at the top of all modules must differ.
 *
 * @param folder where the modules are
 * @param modules their names, each after those that it imports
 */
export function joinedScript(folder: URL, modules: readonly string[]): string {
  const texts = modules.map((name) =>
    readFileSync(new URL(`${name}.js`, folder), 'utf8')
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export /gm, ''),
  );
  return `(() => {\n'use strict';\n${texts.join('\n')}})();\n`;
}
