import type { CommandModule } from 'yargs';
import { endDeadRuns } from '../run/clean.js';

export const cleanCommand: CommandModule = {
  command: 'clean',
  describe: 'end and remove what dead runs and --keep left behind, and only that',
  handler: async () => {
    const ended = await endDeadRuns();
    for (const { path, processes } of ended) {
      console.log(`${path}: removed${processes > 0 ? `, ${processes} processes ended` : ''}`);
    }
    if (ended.length === 0) console.log('Nothing was left behind.');
  },
};
