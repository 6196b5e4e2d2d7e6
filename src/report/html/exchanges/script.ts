import { readFileSync } from 'node:fs';

/** The modules of the page's script, each after those that it imports. */
const MODULES = ['view', 'columns', 'words', 'parts', 'stack', 'paint', 'tables', 'status', 'input', 'main'];

/**
 * The modules as one script. A page that is opened as a file can't import modules, so they share one scope here, and
 * their imports and exports fall away. The names at the top of all modules must differ.
 */
export function timelineScript(): string {
  const texts = MODULES.map((name) =>
    asset(`${name}.js`)
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export /gm, ''),
  );
  return `(() => {\n'use strict';\n${texts.join('\n')}})();\n`;
}

export function timelineStyle(): string {
  return asset('exchanges.css');
}

function asset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}
