import type { CommandParts } from './lazy-command.js';
import { loadCatalogue } from '../scenario/load.js';
import { loadRequested } from '../scenario/requested.js';
import { suiteCatalogue } from '../scenario/suites/load.js';

interface ScenariosArguments {
  name: string | undefined;
  json: boolean;
}

/** `scenarios`: lists the scenarios and suites of the package, or shows one, with all that it builds on. */
export const scenariosCommand: CommandParts<ScenariosArguments> = {
  builder: (yargs) =>
    yargs
      .positional('name', {
        type: 'string',
        describe: 'the scenario or suite to show, with what it builds on: a name, or a YAML file',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'print JSON: of a scenario every setting, defaults included',
      })
      .example('$0 scenarios', 'names that `run` takes')
      .example('$0 scenarios roam', 'the file of a scenario, to start your own from'),
  handler: ({ name, json }) => {
    if (name !== undefined) console.log(json ? jsonOf(name) : textOf(name).trimEnd());
    else if (json) console.log(asJson(everything()));
    else list();
  },
};

function list(): void {
  const { scenarios, suites } = everything();
  const width = Math.max(...[...scenarios, ...suites].map(({ name }) => name.length));
  for (const { name, expect, description } of scenarios) {
    const expectation = expect === 'pass' ? '' : `(expects ${expect}) `;
    console.log(`${name.padEnd(width)}  ${expectation}${description}`);
  }
  console.log('\nSuites: several runs, shown side by side');
  for (const { name, description } of suites) console.log(`${name.padEnd(width)}  ${description}`);
}

function everything() {
  return {
    scenarios: loadCatalogue().map(({ name, expect, description }) => ({ name, expect, description })),
    suites: suiteCatalogue().map(({ name, description }) => ({ name, description })),
  };
}

/** The file as it was written; of a scenario that builds on others, the text with all of it. */
function textOf(name: string): string {
  const requested = loadRequested(name, {});
  return requested.kind === 'scenario' ? requested.loaded.source.text : requested.text;
}

function jsonOf(name: string): string {
  const requested = loadRequested(name, {});
  if (requested.kind === 'scenario') return asJson(requested.loaded.scenario);
  const { runs, ...suite } = requested.suite;
  return asJson({
    ...suite,
    runs: runs.map(({ loaded, ...run }) => ({ ...run, scenario: loaded.scenario })),
  });
}

function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
