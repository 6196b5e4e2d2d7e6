import { readFileSync } from 'node:fs';

/** This program, as package.json names it. */
export const TOOL = readPackage();

function readPackage(): { name: string; version: string } {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return { name, version };
}
