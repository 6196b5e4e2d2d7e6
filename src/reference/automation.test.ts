import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rehearse } from '../../test/support/rehearsal.js';
import { ownWords, shownCommands } from '../../test/support/shown-commands.js';
import { parseUnit } from '../../test/support/systemd-unit.js';

/**
 * Nothing here runs the automation. The tests check its commands against the program, and its files against the rules
 * of their host: GitHub Actions, systemd, cron.
 */

const text = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');

/** The arguments that the lines of a shell script give to this program. */
function given(lines: string): (readonly string[])[] {
  return lines
    .split('\n')
    .flatMap((line) => shownCommands(line).map(ownWords))
    .filter((words) => words !== undefined);
}

const COMMANDS = ['run', 'compare', 'trend', 'index', 'clean'];

async function expectNightly(
  words: readonly (readonly string[])[],
  more: readonly string[] = [],
): Promise<void> {
  for (const one of words) await expect(rehearse(one)).resolves.toBeDefined();
  const [first] = words.filter(([command]) => command === 'run');
  expect(first).toEqual(expect.arrayContaining(['--all', '--quick']));
  // The pages come last, so that they link to no run that was removed.
  expect(words.map(([command]) => command).slice(-3)).toEqual(['clean', 'trend', 'index']);
  expect([...new Set(words.map(([command]) => command))].sort()).toEqual([...COMMANDS, ...more].sort());
}

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  with?: Record<string, string | number>;
}

/** The inputs of each action that the workflow uses, by the names in the `action.yml` of the action. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout@v4': ['repository', 'ref', 'path', 'fetch-depth'],
  'actions/setup-node@v4': ['node-version', 'node-version-file', 'cache', 'cache-dependency-path'],
  'actions/cache/restore@v4': ['path', 'key', 'restore-keys', 'fail-on-cache-miss', 'lookup-only'],
  'actions/cache/save@v4': ['path', 'key', 'upload-chunk-size', 'enableCrossOsArchive'],
  'actions/upload-artifact@v4': [
    'name',
    'path',
    'if-no-files-found',
    'retention-days',
    'compression-level',
    'overwrite',
    'include-hidden-files',
  ],
};

describe('the GitHub Actions workflow', () => {
  const workflow = parse(text('github-actions/nightly.yml')) as {
    on: {
      schedule: { cron: string }[];
      workflow_dispatch: { inputs: Record<string, { type: string; default: unknown }> };
    };
    jobs: Record<string, { 'runs-on': string; 'timeout-minutes': number; steps: Step[] }>;
  };
  const [job] = Object.values(workflow.jobs);
  const steps = job?.steps ?? [];

  it('is one daily job, with steps of known actions and of commands', () => {
    expect(Object.keys(workflow.jobs)).toHaveLength(1);
    expect(workflow.on.schedule.map(({ cron }) => cron)).toEqual([
      expect.stringMatching(/^\d+ \d+ \* \* \*$/),
    ]);
    for (const { uses, run, with: inputs = {} } of steps) {
      expect([uses, run].filter((one) => one !== undefined)).toHaveLength(1);
      if (uses === undefined) continue;
      expect(Object.keys(ACTIONS)).toContain(uses);
      expect(ACTIONS[uses]).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
  });

  it('calls this program with valid arguments', async () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(given(commands.join('\n'))).toHaveLength(commands.length);
    await expectNightly(given(commands.join('\n')), ['baseline']);
  });

  it('compares, shows and stores also after a failed run', () => {
    const run = steps.findIndex((step) => step.run?.includes('run --all') === true);
    expect(run).toBeGreaterThan(0);
    for (const step of steps.slice(run + 1))
      expect(step.if).toMatch(/^\$\{\{ !cancelled\(\)( && [^|]+)? \}\}$/);
  });

  it('restores the cache that it saves', () => {
    const [restore, save] = ['restore', 'save'].map(
      (what) => steps.find(({ uses }) => uses?.includes(`cache/${what}`) === true)?.with,
    );
    expect(save).toEqual({ path: 'reports', key: expect.stringContaining('${{ github.run_id }}') as string });
    expect(restore).toMatchObject(save ?? {});
    expect(restore?.['restore-keys']).toMatch(/^\w/);
    expect(String(save?.['key']).startsWith(String(restore?.['restore-keys']))).toBe(true);
  });

  it('marks its run as the baseline on request, after comparing and before saving', () => {
    expect(workflow.on.workflow_dispatch.inputs['mark-baseline']).toMatchObject({
      type: 'boolean',
      default: false,
    });
    const at = (command: string) => steps.findIndex(({ run }) => run?.includes(`-- ${command}`) === true);
    const mark = at('baseline set reports/latest');
    expect(steps[mark]?.if).toBe('${{ !cancelled() && inputs.mark-baseline }}');
    expect(mark).toBeGreaterThan(at('compare'));
    expect(mark).toBeLessThan(steps.findIndex(({ uses }) => uses?.includes('cache/save') === true));
  });
});

it('the GitLab job shows the checks of each run once: those of the file that the run writes where it is told to', () => {
  const template = text('gitlab/kea-lease-conformance.gitlab-ci.yml');
  const [, out = ''] = /--out (\S+)/.exec(template) ?? [];
  expect(/^ +junit: (.*)$/m.exec(template)?.[1]).toBe(`${out}/junit.xml`);
});

describe('the verdict that the GitHub Action tells', () => {
  const told = async (...runs: [verdict: string | null, outcome: string, exitCode: number][]) => {
    const made = runs.map(([verdict, outcome, exitCode]) => ({ verdict, outcome, exitCode }));
    const exitCode = Math.max(...made.map((run) => run.exitCode));
    const { outputsOf } = (await import(new URL('../../setup/action-outputs.mjs', import.meta.url).href)) as {
      outputsOf: (result: unknown, suite: unknown) => unknown;
    };
    return outputsOf(undefined, { exitCode, runs: made });
  };

  it('does not count a control that held, or a rate that did not hold, against a suite', async () => {
    const good = { verdict: 'pass', outcome: 'pass' };
    expect(await told([null, 'skipped', 0], ['fail', 'control held', 0], ['pass', 'pass', 0])).toEqual(good);
    expect(await told(['inconclusive', 'not held', 0], ['pass', 'pass', 0])).toEqual(good);
  });

  it('is that of the run that decided otherwise, also of a control that finds nothing', async () => {
    expect(await told(['pass', 'control not held', 1], ['pass', 'pass', 0])).toEqual({
      ...{ verdict: 'fail', outcome: 'control not held' },
    });
    expect(await told(['inconclusive', 'inconclusive', 2], ['fail', 'control held', 0])).toEqual({
      ...{ verdict: 'inconclusive', outcome: 'inconclusive' },
    });
  });
});

/** Whether systemd-analyze is installed. Without it, its test is reported as skipped. */
const SYSTEMD_ANALYZE = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the systemd units', () => {
  const service = parseUnit(text('systemd/kea-lease-conformance.service'));
  const timer = parseUnit(text('systemd/kea-lease-conformance.timer'));
  const lines = [
    ...(service['Service']?.['ExecStart'] ?? []),
    ...(service['Service']?.['ExecStopPost'] ?? []),
  ];

  it('call this program with valid arguments', async () => {
    // The npm prefix decides the path of the program. systemd looks for it in every usual place.
    const program = /^-?(?=kea-lease-conformance )/;
    expect(lines.filter((line) => !program.test(line))).toEqual([]);
    await expectNightly(given(lines.map((line) => line.replace(program, '')).join('\n')));
  });

  it('name the same unit, and the service runs where its directories are', () => {
    const { WorkingDirectory, StateDirectory, CacheDirectory, Environment } = service['Service'] ?? {};
    expect(WorkingDirectory).toEqual([`/var/lib/${StateDirectory?.[0] ?? ''}`]);
    expect(Environment).toContain(`KEA_CONFORMANCE_CACHE=/var/cache/${CacheDirectory?.[0] ?? ''}`);
    expect(service['Service']?.['Type']).toEqual(['oneshot']);
    expect(timer['Install']?.['WantedBy']).toEqual(['timers.target']);
    expect(timer['Timer']?.['OnCalendar']).toEqual([expect.stringMatching(/^\*-\*-\* \d\d:\d\d:\d\d$/)]);
  });

  it.skipIf(!SYSTEMD_ANALYZE)('are as systemd wants them', () => {
    const directory = mkdtempSync(join(tmpdir(), 'klc-units-'));
    try {
      const program = join(directory, 'kea-lease-conformance');
      symlinkSync(process.execPath, program);
      const unit = (name: string) => `kea-lease-conformance.${name}`;
      const here = text(`systemd/${unit('service')}`).replace(
        /^(Exec\w+=-?)kea-lease-conformance(?= )/gm,
        `$1${program}`,
      );
      writeFileSync(join(directory, unit('service')), here);
      copyFileSync(
        new URL(`../../docs/systemd/${unit('timer')}`, import.meta.url),
        join(directory, unit('timer')),
      );
      const files = ['service', 'timer'].map((name) => join(directory, unit(name)));
      const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', ...files], {
        encoding: 'utf8',
      });
      // systemd-analyze also warns of other units of the machine.
      const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('kea-lease-conformance'));
      expect(status, `${stdout}${stderr}`).toBe(0);
      expect(said).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

it('docs/nightly.md has a line for cron: five fields, then a command without a percent sign (crontab(5))', async () => {
  const [, line = ''] = /^```crontab\n(.*)\n```$/m.exec(text('nightly.md')) ?? [];
  const [, command = ''] = /^(?:[\d*/,-]+ ){5}(.*)$/.exec(line) ?? [];
  expect(command).not.toMatch(/%|^$/);
  expect(spawnSync('sh', ['-n', '-c', command]).status).toBe(0);
  await expectNightly(given(command.replace(/[{}]/g, ';')));
});
