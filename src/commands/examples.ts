import type { Argv } from 'yargs';

/** Where a command may go on in the next line: before an option, and before what reads its output. */
const JOINTS = / (?=--?[a-z]|\| )/;
/** The columns that yargs leaves free beside an example. */
const MARGINS = 4;

/**
 * Makes `example` of this parser print its description as a comment above the command. yargs sets them side by side, where
 * commands are broken anywhere and can't be pasted.
 *
 * @param name what `$0` stands for
 */
export function commandsBelowComments(parser: Argv, name: string): void {
  const example = parser.example.bind(parser) as (line: string, beside: string) => Argv;
  const own = parser as unknown as {
    example: (command: string, description: string) => Argv;
    getInternalMethods: () => { getUsageInstance: () => { getWrap: () => number } };
  };
  own.example = (command, description) => {
    const columns = own.getInternalMethods().getUsageInstance().getWrap() - MARGINS;
    example(`# ${description}`, '');
    for (const line of pasteable(command.replaceAll('$0', nameIn(command, name)), columns)) example(line, '');
    return parser;
  };
}

/** A command in lines that a shell takes as one, each within these columns if its words are short enough. */
export function pasteable(command: string, columns: number): string[] {
  const lines: string[] = [];
  for (const part of command.split(JOINTS)) {
    const line = lines.at(-1);
    // The room for ` \` counts at the last line, too.
    if (line !== undefined && `${line} ${part} \\`.length <= columns)
      lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(part);
  }
  return lines.map((line, place) => (place === lines.length - 1 ? line : `${line} \\`));
}

/** The name of the program in a command. npm prints a heading of its own, which no other program must read. */
export function nameIn(command: string, name: string): string {
  const isRead = / \| |\$\(/.test(command);
  return isRead ? name.replace(/^npm start/, 'npm start --silent') : name;
}
