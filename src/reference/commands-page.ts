import { TOOL } from '../tool.js';
import { everyHelp } from './help.js';
import { GENERATED } from './markdown-table.js';

const COLUMNS = 110;

/** `docs/reference/commands.md`: what `--help` prints, command by command. */
export async function commandsPage(): Promise<string> {
  const helps = await everyHelp(COLUMNS);
  const sections = helps.map(
    ({ command, text }) =>
      `## ${command === '' ? TOOL.name : command}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`,
  );
  return `${GENERATED}
# Every command

What \`--help\` prints. From a checkout \`npm start -- ARGUMENTS\` is the same as \`${TOOL.name} ARGUMENTS\`.

${sections.join('\n')}`;
}
