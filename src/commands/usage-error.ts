import { HarnessError } from '../errors.js';
import { nearest } from '../scenario/language/nearest.js';
import { ownCommand } from '../tool.js';

/** What is known of the command line that yargs refused. */
export interface Refused {
  /** The words after the program's name. */
  given: readonly string[];
  /** How the command is called, such as `compare <run> [baseline]`; undefined for none or an unknown one. */
  usage: string | undefined;
  /** The names of the options that the command takes, without dashes. */
  options: readonly string[];
  /** The names of its own commands, as `check` of `cluster`. */
  commands: readonly string[];
}

/** What yargs objects to, in the words of this program. Other objections keep their own. */
export function usageError(objection: string, refused: Refused): HarnessError {
  const { message, hint } = explained(objection, refused) ?? { message: objection };
  const name = refused.usage?.split(' ')[0];
  const help = `${ownCommand([name, '--help'].filter((word) => word !== undefined).join(' '))} lists its options`;
  return new HarnessError('USAGE', message, { hint: hint === undefined ? help : `${hint}; ${help}` });
}

interface Explained {
  message: string;
  hint?: string | undefined;
}

function explained(objection: string, refused: Refused): Explained | undefined {
  for (const [pattern, explain] of OBJECTIONS) {
    const found = pattern.exec(objection);
    if (found !== null)
      return explain(
        found.slice(1).map((word) => word.trim()),
        refused,
      );
  }
  return undefined;
}

/** The English messages of yargs 18 (`locales/en.json` of its package). */
const OBJECTIONS: readonly [RegExp, (words: string[], refused: Refused) => Explained][] = [
  [/^Unknown (?:argument|command)s?: (.*)$/s, ([words = ''], refused) => unknown(words.split(', '), refused)],
  [
    /^Not enough arguments following: (.*)$/s,
    ([option = '']) => ({ message: `${dashed(option)} needs a value` }),
  ],
  [
    /^Not enough non-option arguments: got (\d+), need at least \d+$/,
    ([got = '0'], { usage = '' }) => {
      const missing = [...usage.matchAll(/<([^>]*)>/g)].map(([, name = '']) => name.replace('..', ''))[
        Number(got)
      ];
      return {
        message: `${usage.split(' ')[0] ?? ''} needs ${missing === undefined ? 'more words' : `a ${missing}`}`,
        hint: `it is called as ${ownCommand(usage)}`,
      };
    },
  ],
  [
    /^Too many non-option arguments: got (\d+), maximum of (\d+)$/,
    ([got = '', most = ''], { usage = '' }) => ({
      message: `${got} words, where ${most} can be`,
      hint: `it is called as ${ownCommand(usage)}`,
    }),
  ],
  [
    /^Invalid values:\s*Argument: (.*?), Given: (.*?), Choices: (.*)$/s,
    ([option = '', given = '', choices = ''], { usage = '' }) => {
      const those = choices.replaceAll('"', '').split(', ');
      const value = given.replaceAll('"', '');
      const name = /[<[]([^\]>]*)/.exec(usage)?.[1] === option ? option : dashed(option);
      return {
        message: `${name} can't be ${value}${question(nearest(value, those))}`,
        hint: `it is one of ${those.join(', ')}`,
      };
    },
  ],
  [
    /^Missing required arguments?: (.*)$/s,
    ([options = '']) => ({ message: `${options.split(', ').map(dashed).join(' and ')} must be stated` }),
  ],
];

function unknown(words: readonly string[], { given, options, commands, usage }: Refused): Explained {
  const [first = ''] = words;
  const isOption = given.some(
    (word) => /^-/.test(word) && word.replace(/^-+(no-)?/, '').split('=')[0] === first,
  );
  const command = isOption ? undefined : nearest(first, commands);
  if (command !== undefined && given[0] !== first)
    return { message: `${given[0] ?? ''} knows no ${first}${question(command)}` };
  if (!isOption)
    return {
      message: `${words.join(', ')}: more words than the command takes`,
      hint: usage === undefined ? undefined : `it is called as ${ownCommand(usage)}`,
    };
  const meant = nearest(first, options);
  return {
    message: `there is no option ${dashed(first)}${question(meant === undefined ? undefined : dashed(meant))}`,
  };
}

function question(meant: string | undefined): string {
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

function dashed(option: string): string {
  return `${option.length === 1 ? '-' : '--'}${option}`;
}
