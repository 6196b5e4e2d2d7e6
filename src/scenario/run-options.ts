import { INCONCLUSIVE_AS, REPORT_FORMATS, type InconclusiveAs } from './report-names.js';

/** An option of `run`. The command line is parsed by it, and stored command lines are read by it. */
export interface RunOption {
  readonly takes: 'nothing' | 'text' | 'number' | 'texts';
  /** What the option decides: the run itself, which runs there are, or only what is printed or stored of them. */
  readonly decides: 'run' | 'suite' | 'output';
  readonly describe: string;
  readonly default?: string | number | readonly string[];
  /** The default in words, where it depends on other options. */
  readonly defaultText?: string;
  readonly choices?: readonly string[];
  /** The bounds of a number, which must be a whole number. */
  readonly bounds?: readonly [least: number, most: number];
  /** What the value names, for the error about an option that is given twice. */
  readonly names?: string;
  /** A short form of one letter. */
  readonly alias?: string;
}

/**
 * The options of `run`, in the order of its help. The command line is built from this table. So is the command that
 * makes a stored run again.
 */
export const RUN_OPTIONS = {
  all: {
    takes: 'nothing',
    decides: 'suite',
    describe: 'run every scenario of the package that can run here, as a suite',
  },
  quick: { takes: 'nothing', decides: 'run', describe: "apply the scenario's `quick:` block" },
  set: {
    takes: 'texts',
    decides: 'run',
    default: [],
    describe: 'path=value, such as load.arrival=staggered; may be repeated',
  },
  out: {
    takes: 'text',
    decides: 'output',
    names: 'directory',
    describe: 'the run directory; reports/… by default',
  },
  keep: {
    takes: 'nothing',
    decides: 'output',
    describe: 'leave cluster and servers up; `clean` ends them',
  },
  capture: {
    takes: 'nothing',
    decides: 'run',
    describe: 'write what is sent and received as capture.pcap',
  },
  report: {
    takes: 'texts',
    decides: 'output',
    describe: `what to write: ${REPORT_FORMATS.join(', ')}, several with commas; or none`,
  },
  inconclusive: {
    takes: 'text',
    decides: 'output',
    names: 'way',
    choices: INCONCLUSIVE_AS,
    default: 'skip' satisfies InconclusiveAs,
    describe: "how junit.xml shows a check that can't tell",
  },
  events: {
    takes: 'text',
    decides: 'output',
    names: 'file',
    describe: 'a file or named pipe for events as they happen, one JSON object a line',
  },
  quiet: {
    takes: 'nothing',
    decides: 'output',
    describe: 'print the verdict, the run directory and errors, nothing else',
  },
  verbose: {
    takes: 'nothing',
    decides: 'output',
    describe: 'print the whole report, and every line of run.log with its time',
  },
  repeat: {
    takes: 'number',
    decides: 'suite',
    default: 1,
    bounds: [1, 100],
    describe:
      'run each scenario N times, as a suite with median and spread; each run has its own seed unless one is set',
  },
  strict: {
    takes: 'nothing',
    decides: 'output',
    describe: "with --all: a run that passes and can't be compared makes the exit code 2",
  },
  'retry-inconclusive': {
    takes: 'number',
    decides: 'output',
    bounds: [0, 10],
    defaultText: '0; 1 with --all',
    describe: "repeat a run that can't tell, or can't be compared, at most N times",
  },
  baseline: {
    takes: 'nothing',
    decides: 'output',
    describe: 'compare with the baseline that `baseline set` marked; exit 3 for a regression',
  },
  baselines: {
    takes: 'text',
    decides: 'output',
    names: 'directory',
    default: 'reports/baselines',
    describe: 'the directory of the marked baselines',
  },
  tolerances: {
    takes: 'text',
    decides: 'output',
    names: 'file',
    describe: 'a YAML file that says how much each figure may differ; docs/comparing.md lists the keys',
  },
} as const satisfies Readonly<Record<string, RunOption>>;

export type RunOptionName = keyof typeof RUN_OPTIONS;

/** The names in the order of the help. */
export const RUN_OPTION_NAMES = Object.keys(RUN_OPTIONS) as RunOptionName[];

type ValueOf<O extends RunOption> = O extends { choices: readonly (infer C)[] }
  ? C
  : O extends { takes: 'nothing' }
    ? boolean
    : GivenOf<O> | (O extends { default: unknown } ? never : undefined);

type GivenOf<O extends RunOption> = O extends { takes: 'number' }
  ? number
  : O extends { takes: 'texts' }
    ? string[]
    : string;

/** The types of the options' values on the command line. */
export type RunOptionValues = { -readonly [K in RunOptionName]: ValueOf<(typeof RUN_OPTIONS)[K]> };
