import { readFileSync } from 'node:fs';
import { joinedScript } from '../joined-script.js';

/** The modules of the page's script, each after those that it imports. */
const MODULES = ['view', 'columns', 'words', 'parts', 'stack', 'paint', 'tables', 'status', 'input', 'main'];

const ASSETS = new URL('./assets/', import.meta.url);

export function timelineScript(): string {
  return joinedScript(ASSETS, MODULES);
}

export function timelineStyle(): string {
  return readFileSync(new URL('exchanges.css', ASSETS), 'utf8');
}
