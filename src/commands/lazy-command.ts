import type { Argv, CommandModule } from 'yargs';

/** What a command needs only when it is used or its help is asked for. */
export interface CommandParts<Arguments = object> {
  builder: (yargs: Argv) => Argv<Arguments> | PromiseLike<Argv<Arguments>>;
  handler: NonNullable<CommandModule<object, Arguments>['handler']>;
}

/**
 * A command that is loaded when it is used. Most of the program belongs to some commands only, and loading all of it
 * takes longer than printing help.
 */
export function lazyCommand<Arguments>(
  command: string,
  describe: string,
  load: () => Promise<CommandParts<Arguments>>,
): CommandModule<object, Arguments> {
  return {
    command,
    describe,
    builder: async (yargs) => (await load()).builder(yargs),
    handler: async (argv) => (await load()).handler(argv),
  };
}
