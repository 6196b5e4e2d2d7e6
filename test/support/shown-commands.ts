/** A command as a page or a help shows it: the program and its arguments. */
export interface ShownCommand {
  readonly program: string;
  readonly words: readonly string[];
}

const OPERATOR = /^[|;&()<>]+$/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/**
 * The commands in a line for a POSIX shell. Leading assignments, redirections and a comment at the end are left out.
 */
export function shownCommands(line: string): ShownCommand[] {
  const plain = line.replaceAll('"$(', '$( ').replaceAll(')"', ' )').replaceAll('$(', '(');
  const tokens = plain.match(/#.*|(?:'[^']*'|"[^"]*"|[^\s'"|;&()<>])+|[|;&()<>]+/g) ?? [];
  const comment = tokens.findIndex((token) => token.startsWith('#'));
  const commands: string[][] = [[]];
  for (const token of comment < 0 ? tokens : tokens.slice(0, comment)) {
    if (OPERATOR.test(token)) commands.push(/[<>]/.test(token) ? ['>'] : []);
    else commands.at(-1)?.push(token.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  return commands.flatMap((tokens) => {
    const from = tokens.findIndex((token) => !ASSIGNMENT.test(token));
    const [program, ...words] = from < 0 ? [] : tokens.slice(from);
    return program === undefined || program === '>' ? [] : [{ program, words }];
  });
}

/** The arguments of this program in a command that starts it: by its name, or from a checkout by npm. */
export function ownWords({ program, words }: ShownCommand): readonly string[] | undefined {
  if (program === 'kea-lease-conformance') return words;
  if (program !== 'npm' || words[0] !== 'start') return undefined;
  const own = words.slice(words[1] === '--silent' ? 2 : 1);
  return own[0] === '--' ? own.slice(1) : own;
}
