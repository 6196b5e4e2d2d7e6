import { everyHelp } from '../../src/reference/help.js';
import { ownWords, shownCommands } from './shown-commands.js';

/** An example in the help of a command. */
export interface Example {
  readonly command: string;
  readonly line: string;
  /** The words for the program. */
  readonly words: readonly string[];
}

/** So wide that no line is wrapped. */
const COLUMNS = 1_000;

/**
 * Every example of every command, and the commands that have none. A command that goes on in the next line is one
 * line here.
 */
export async function helpExamples(columns = COLUMNS): Promise<{ examples: Example[]; without: string[] }> {
  const helps = (await everyHelp(columns)).filter(({ text }) => !text.includes('\nCommands:\n'));
  const examples = helps.flatMap(({ command, text }) => {
    const [, section = ''] = /\nExamples:\n(.*?)(?:\n\n|$)/s.exec(text) ?? [];
    const lines = section
      .replace(/ \\\n +/g, ' ')
      .split('\n')
      .map((line) => line.trim());
    return lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ command, line, words: shownCommands(line).map(ownWords).find(isOurs) ?? [] }));
  });
  const without = helps
    .map(({ command }) => command)
    .filter((name) => !examples.some((one) => one.command === name));
  return { examples, without };
}

function isOurs(words: readonly string[] | undefined): words is readonly string[] {
  return words !== undefined;
}
