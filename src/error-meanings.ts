import type { ErrorCode, EXIT } from './errors.js';

interface Meaning {
  readonly means: string;
  readonly mend: string;
}

export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, Meaning>> = {
  pass: {
    means:
      'Every check holds, and the expected figures are reproduced, in every run. Or a negative control failed as intended.',
    mend: '',
  },
  fail: {
    means:
      'A check does not hold, or a server or node ended unexpectedly. Or a negative control found no violation.',
    mend: 'The first lines of the report say which; [reading-a-report.md](../reading-a-report.md).',
  },
  inconclusive: {
    means:
      'The run can not tell: too few answers, datagrams dropped, the rate not reached. Or conformance passes, and the expected figures can not be compared, as the machine was busy.',
    mend: 'The checks say what was missing: [checks.md](checks.md).',
  },
  regression: {
    means: 'Worse than the baseline it was compared with, by more than the tolerance.',
    mend: 'The report names each figure, then and now.',
  },
  notReproduced: {
    means:
      'Conformance passes. The premises of the experiment were kept, but its figures are not the expected ones.',
    mend: 'The report names each figure. Look for what differs: allocator, version, timing or pools of the servers.',
  },
  usage: {
    means: 'The command line, a scenario or a source is wrong; nothing was started.',
    mend: 'The message names the place and what was probably meant.',
  },
  prerequisite: {
    means: 'Something that the run needs is missing, or did not start.',
    mend: 'The message names it, and what to do; `doctor` checks all prerequisites.',
  },
  internal: {
    means: 'A defect of this program.',
    mend: 'Please report it with what was printed.',
  },
  interrupted: {
    means: 'Ended by Ctrl-C (SIGINT). What was observed is judged and stored.',
    mend: 'Run it again; `analyze` judges what is there.',
  },
  terminated: {
    means: 'Ended by SIGTERM or SIGHUP. What was observed is judged and stored.',
    mend: 'Run it again; `analyze` judges what is there. After SIGKILL, `clean` ends what was left.',
  },
};

export const ERROR_MEANINGS: Readonly<Record<ErrorCode, Meaning>> = {
  USAGE: {
    means: 'The command line is not valid.',
    mend: '`--help` of the command lists its options, with examples.',
  },
  SCENARIO: {
    means:
      'A scenario, suite or file of tolerances can not be read, or asks for something impossible. The message lists all problems, each with file, line and column, or with its `--set`.',
    mend: '`scenarios NAME --json` lists every key of a scenario, such as `load.ratePerServer`, and [scenario.md](scenario.md) explains them; an editor that knows the schema finds most of it while you type.',
  },
  SOURCE: {
    means:
      'The source given to `analyze`, `report`, `compare`, `export` or a similar command is damaged, of an unknown format, or of another version.',
    mend: 'Name a run directory (with `run.json` in it), outputs of `perfdhcp -x l`, or one capture.',
  },
  PREREQUISITE: {
    means: 'A program, package, address family, port or permission that the run needs is not there.',
    mend: '`doctor` shows what is missing, and how to fix it.',
  },
  PACKAGES: {
    means: 'The private root could not be downloaded, verified or unpacked.',
    mend: "Check the machine's own apt sources and the room in the cache; `doctor --set-up` tries again.",
  },
  CLUSTER: {
    means: 'A database node did not start, did not join, or died before the load began.',
    mend: 'Its log is in `logs/` of the run directory; on a slow machine raise `cluster.startTimeoutMs`.',
  },
  KEA: {
    means: 'A Kea server did not start, or did not answer on its control socket.',
    mend: 'The message has the last lines of its log; log and configuration are in `logs/`; on a slow machine raise `kea.startTimeoutMs`.',
  },
  STORAGE: {
    means: 'The run directory or the live directory can not be written: a full disk, missing permission.',
    mend: 'Make room, or name another place with `--out`.',
  },
  INTERNAL: {
    means: 'A defect of the harness itself.',
    mend: 'Please report it with the stack that was printed.',
  },
};
