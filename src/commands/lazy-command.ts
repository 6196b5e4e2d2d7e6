import type { Argv, CommandBuilder, CommandModule } from 'yargs';

/** What a command needs only when it is used or its help is asked for. */
export interface CommandParts<Arguments = object> {
  builder: (yargs: Argv) => Argv<Arguments> | PromiseLike<Argv<Arguments>>;
  handler: NonNullable<CommandModule<object, Arguments>['handler']>;
}

/** A command that is loaded when it is used, or before that by `preload`. */
export interface LazyCommand extends CommandModule {
  /** The word that calls it. */
  readonly name: string;
  preload: () => Promise<void>;
}

/**
 * A command that is loaded when it is used. Most of the program belongs to some commands only, and loading all of it
 * takes longer than printing help.
 */
export function lazyCommand<Arguments>(
  command: string,
  describe: string,
  load: () => Promise<CommandParts<Arguments>>,
): LazyCommand {
  let loaded: CommandParts<Arguments> | undefined;
  const ready = async (): Promise<CommandParts<Arguments>> => (loaded ??= await load());
  const build = (yargs: Argv) => loaded?.builder(yargs) ?? ready().then(({ builder }) => builder(yargs));
  const lazy: CommandModule<object, Arguments> & Pick<LazyCommand, 'name' | 'preload'> = {
    name: command.split(' ')[0] ?? command,
    command,
    describe,
    // yargs takes a builder that answers at once or later; its type has no builder that does either.
    builder: build as CommandBuilder<object, Arguments>,
    handler: async (argv) => (await ready()).handler(argv),
    preload: async () => {
      await ready();
    },
  };
  return lazy as LazyCommand;
}
