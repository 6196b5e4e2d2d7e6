import { commandLine } from '../commands/command-line.js';
import { TOOL } from '../tool.js';

/** What `--help` prints for a command. */
export interface Help {
  /** Empty for the program as a whole, otherwise such as `cluster plan`. */
  readonly command: string;
  readonly text: string;
}

/** The help of the program and of each command. A subcommand follows its command. */
export async function everyHelp(columns: number, command: readonly string[] = []): Promise<Help[]> {
  const text = await helpOf(command, columns);
  const below = await Promise.all(
    commandsIn(text, command).map((name) => everyHelp(columns, [...command, name])),
  );
  return [{ command: command.join(' '), text }, ...below.flat()];
}

function helpOf(command: readonly string[], columns: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const told = (error: Error | undefined, _argv: unknown, text: string) => {
      if (error) reject(error);
      else resolve(text);
    };
    void commandLine([])
      .wrap(columns)
      .parse([...command, '--help'], told);
  });
}

/** The names of the subcommands that a help text lists under "Commands:". */
function commandsIn(text: string, command: readonly string[]): string[] {
  const start = `  ${[TOOL.name, ...command].join(' ')} `;
  const [, list = ''] = /\nCommands:\n(.*?)\n(?:\n|$)/s.exec(text) ?? [];
  return list
    .split('\n')
    .filter((line) => line.startsWith(start))
    .map((line) => /^[a-z-]+/.exec(line.slice(start.length))?.[0] ?? '')
    .filter((name) => name !== '');
}
