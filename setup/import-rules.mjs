// The import rules, for dependency-cruiser; `npm run check` holds the source to them. A folder imports only from
// folders before it on the data's way, and no files import each other in a circle, not even types.
import { readdirSync } from 'node:fs';

/** The folders and files of src/, in the order of the data's way. */
const LAYERS = [
  'errors.ts',
  'tool.ts',
  'versions.ts',
  'error-meanings.ts',
  'numbers.ts',
  'terminal',
  'open-files.ts',
  'crash.ts',
  'files',
  'packages',
  'processes',
  'docker',
  'protocol',
  'faults',
  'network',
  'results',
  'dhcp',
  'scenario',
  'observations',
  'cluster',
  'kea',
  'load',
  'evidence',
  'providers',
  'compose',
  'judgement',
  'report',
  'store',
  'compare',
  'suite',
  'history',
  'limit',
  'run',
  'index.ts',
  'commands',
  'reference',
  'cli.ts',
];

const homeless = readdirSync('src').filter((name) => !name.includes('.test') && !LAYERS.includes(name));
if (homeless.length > 0) {
  throw new Error(
    `add src/${homeless.join(', src/')} to LAYERS in setup/import-rules.mjs, at its place on the data's way`,
  );
}

const pathOf = (layer) => `^src/${layer.replace('.', '\\.')}${layer.includes('.') ? '$' : '/'}`;
const TESTS = '\\.(test|test-support)\\.ts$';

const layerRules = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `${layer}-comes-first`,
  comment: `src/${layer} may import only from the folders before it: ${LAYERS.slice(0, index).join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: pathOf(layer), pathNot: TESTS },
  to: { path: LAYERS.slice(index + 1).map(pathOf), pathNot: TESTS },
}));

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'no-circle',
      comment: 'move what both need into a file of its own',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
