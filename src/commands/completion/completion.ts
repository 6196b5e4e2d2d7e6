import { basename } from 'node:path';
import type { CommandParts } from '../lazy-command.js';
import { HarnessError } from '../../errors.js';
import { ownCommand } from '../../tool.js';
import { COMPLETION_SCRIPTS, SHELLS, type Shell } from './scripts.js';

/**
 * `completion`: prints a script for a shell to evaluate. The script completes commands, options, scenarios and
 * settings.
 */
export const completionCommand: CommandParts<{ shell: Shell | undefined }> = {
  builder: (yargs) =>
    yargs
      .positional('shell', { choices: SHELLS, describe: 'the shell; by default the one that SHELL names' })
      .example('eval "$($0 completion bash)"', 'for this session; in ~/.bashrc, for every one')
      .example('$0 completion fish | source', 'the same in fish'),
  handler: ({ shell }) => {
    process.stdout.write(COMPLETION_SCRIPTS[shell ?? shellInUse()]);
  },
};

/**
 * The shell that the variable SHELL names.
 *
 * @throws HarnessError USAGE if there is no script for this shell
 */
function shellInUse(): Shell {
  const named = basename(process.env['SHELL'] ?? '');
  const shell = SHELLS.find((one) => one === named);
  if (shell !== undefined) return shell;
  throw new HarnessError(
    'USAGE',
    `there is no completion for ${named === '' ? 'a shell that SHELL does not name' : named}`,
    {
      hint: `name the shell: ${SHELLS.map((one) => ownCommand(`completion ${one}`)).join(', ')}`,
    },
  );
}
