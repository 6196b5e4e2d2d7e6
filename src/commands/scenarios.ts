import type { CommandModule } from 'yargs';
import { loadCatalogue } from '../scenario/load.js';

/** `scenarios`: what the package brings, a line each. */
export const scenariosCommand: CommandModule = {
  command: 'scenarios',
  describe: 'list the scenarios with a line each',
  handler: () => {
    const scenarios = loadCatalogue();
    const width = Math.max(...scenarios.map(({ name }) => name.length));
    for (const { name, expect, description } of scenarios) {
      const expectation = expect === 'pass' ? '' : `(expects ${expect}) `;
      console.log(`${name.padEnd(width)}  ${expectation}${description}`);
    }
  },
};
