import type { CommandParts } from './lazy-command.js';
import { loadCatalogue } from '../scenario/load.js';
import { suiteCatalogue } from '../scenario/suites/load.js';

/** `scenarios`: lists the scenarios and suites of the package, one line each. */
export const scenariosCommand: CommandParts = {
  builder: (yargs) => yargs.example('$0 scenarios', 'names that `run` takes'),
  handler: () => {
    const scenarios = loadCatalogue();
    const suites = suiteCatalogue();
    const width = Math.max(...[...scenarios, ...suites].map(({ name }) => name.length));
    for (const { name, expect, description } of scenarios) {
      const expectation = expect === 'pass' ? '' : `(expects ${expect}) `;
      console.log(`${name.padEnd(width)}  ${expectation}${description}`);
    }
    console.log('\nSuites: several runs, shown side by side');
    for (const { name, description } of suites) console.log(`${name.padEnd(width)}  ${description}`);
  },
};
