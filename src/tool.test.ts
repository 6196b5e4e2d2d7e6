import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandLine } from './commands/command-line.js';
import { nameFor, nameInHelp, ownCommand, TOOL } from './tool.js';

describe('the name of the program in its messages', () => {
  it.each([
    ['/srv/checkout/setup/start.mjs', '/srv/checkout/dist/tool.js', 'npm start --'],
    ['/srv/checkout/dist/cli.js', '/srv/checkout/dist/tool.js', 'npm start --'],
    [`/usr/bin/${TOOL.name}`, `/usr/lib/node_modules/${TOOL.name}/dist/tool.js`, TOOL.name],
    [`/usr/local/bin/${TOOL.name}`, '/srv/checkout/dist/tool.js', TOOL.name],
    [`/x/node_modules/${TOOL.name}/dist/cli.js`, `/x/node_modules/${TOOL.name}/dist/tool.js`, TOOL.name],
  ])('%s is %s', (script, source, name) => expect(nameFor(script, source)).toBe(name));

  it('is the path of a package that npx keeps, which no line of the help has room for', () => {
    const script = `/home/a/.npm/_npx/0/node_modules/.bin/${TOOL.name}`;
    const name = nameFor(script, `/home/a/.npm/_npx/0/node_modules/${TOOL.name}/dist/tool.js`);
    expect(name).toBe(`node ${script}`);
    expect(nameInHelp(name)).toBe(TOOL.name);
    expect(nameInHelp('npm start --')).toBe('npm start --');
  });

  it('precedes a command', () => {
    expect(ownCommand('doctor --set-up')).toBe('npm start -- doctor --set-up');
  });
});

/** Help and documentation pages use the program's own name, so these files are exempt. */
const HELP =
  /^(reference|error-meanings|commands|scenario\/(schema|run-options)|cluster\/plan|(report|suite|history)\/html)/;

describe('the help', () => {
  it('calls the program as it was called, and by its own name in the documentation', async () => {
    const usage = async (name?: string) => (await commandLine([], name).getHelp()).split('\n')[0];
    expect(await usage()).toBe(`${TOOL.name} [scenario..]`);
    expect(await usage('npm start --')).toBe('npm start -- [scenario..]');
  });
});

describe('a message that suggests a command', async () => {
  const help = await commandLine([]).getHelp();
  const commands = [...help.matchAll(new RegExp(`^  ${TOOL.name} ([a-z-]+)`, 'gm'))].map(([, name]) => name);
  // Backticks around a command are escaped in a template literal, and plain in an ordinary string.
  const bare = new RegExp(`(\\\\\`|'[^'\`]*(\`[^\`]*\`[^'\`]*)*\`)(${commands.join('|')})( |\\\\?\`)`);
  const source = new URL('.', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !/\.(test|test-support)\.ts$/.test(path) && !HELP.test(path),
  );

  it.each(files)('names the program, in %s', (path) => {
    expect(commands).toContain('clean');
    const lines = readFileSync(new URL(path, source), 'utf8').split('\n');
    const said = lines.filter((line) => !/^\s*(\*|\/\*|\/\/)/.test(line));
    expect(
      said.filter((line) => bare.test(line) || (line.includes('npm start') && path !== 'tool.ts')),
    ).toEqual([]);
  });
});

it('has its manual page in a list, as npm links no other', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { man } = JSON.parse(text) as { man: unknown };
  expect(man).toEqual([expect.stringMatching(/\.1$/)]);
});
