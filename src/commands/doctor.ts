import type { CommandParts } from './lazy-command.js';
import { EXIT, messageOf } from '../errors.js';
import type { Check, CheckResult } from '../packages/checks/check.js';
import { machineChecks } from '../packages/checks/machine.js';
import { installedKeaChecks } from '../packages/checks/installed-kea.js';
import { perconaChecks } from '../packages/checks/percona.js';
import { privateRootChecks } from '../packages/checks/private-root.js';
import { findObstacle } from '../network/possible.js';
import { ensurePrivateRoot, findPrivateRoot } from '../packages/private-root.js';
import { ownCommand } from '../tool.js';
import { Interrupted, Interruption } from '../run/interruption.js';

/**
 * `doctor`: lists what is there, what is missing, and the command that mends it. It downloads only with `--set-up`.
 */
export const doctorCommand: CommandParts<{ 'set-up': boolean }> = {
  builder: (yargs) =>
    yargs
      .option('set-up', {
        type: 'boolean',
        default: false,
        describe: 'make the private root now instead of on the first run',
      })
      .example('$0 doctor', 'exit code 69 if something is missing')
      .example('$0 doctor --set-up', 'make the private root now, so that the first run is quick'),
  handler: async (argv) => {
    try {
      if (argv['set-up']) await setUp();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      process.exitCode = error.exitCode;
      return;
    }
    const checks = [
      ...machineChecks,
      ...privateRootChecks,
      PRIVATE_NETWORK,
      ...installedKeaChecks(),
      ...perconaChecks(),
    ];
    const results = (await Promise.all(checks.map(perform))).flat();
    console.log(formatChecks(results).join('\n'));
    process.exitCode = results.every(({ ok, optional }) => ok || optional === true)
      ? EXIT.pass
      : EXIT.prerequisite;
  },
};

/** Only scenarios with `cluster.network: private` need it. */
const PRIVATE_NETWORK: Check = {
  name: 'private network',
  async run() {
    const programs = findPrivateRoot();
    if (programs === undefined)
      return {
        ok: false,
        optional: true,
        mend: `make the private root first: ${ownCommand('doctor --set-up')}`,
      };
    const obstacle = await findObstacle(programs);
    if (obstacle !== undefined)
      return { ok: false, optional: true, version: obstacle.what, mend: obstacle.mend };
    const delays = await findObstacle(programs, { delays: true });
    const how = process.getuid?.() === 0 ? 'as root' : 'by a user namespace';
    return delays === undefined
      ? { ok: true, version: how }
      : { ok: true, version: `${how}; ${delays.what}`, mend: delays.mend };
  },
};

type NamedResult = CheckResult & { name: string };

async function perform({ name, run }: Check): Promise<NamedResult[]> {
  try {
    return [await run()].flat().map((result) => ({ name, ...result }));
  } catch (error) {
    return [{ name, ok: false, version: messageOf(error) }];
  }
}

/**
 * One line for each check. Neighbouring checks that the same command mends are followed by one line with this
 * command.
 */
export function formatChecks(results: readonly NamedResult[]): string[] {
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const names = width(results.map(({ name }) => name));
  // What has no path may have a sentence as its version, which would push all paths to the right.
  const versions = width(results.filter(({ path }) => path !== undefined).map(({ version = '' }) => version));
  return results.flatMap(({ ok, name, version = '', path = '', mend, optional }, index) => {
    const word = ok ? 'ok' : optional === true ? 'none' : 'MISSING';
    const line = `${word.padEnd('MISSING'.length)}  ${name.padEnd(names)}  ${version.padEnd(versions)}  ${path}`;
    return [
      line.trimEnd(),
      ...(mend === undefined || mend === results[index + 1]?.mend ? [] : [`         → ${mend}`]),
    ];
  });
}

/** Makes the private root. After an interruption it cleans up, but keeps what is downloaded for the next time. */
async function setUp(): Promise<void> {
  const interruption = new Interruption();
  interruption.listen();
  let said = '';
  try {
    await ensurePrivateRoot({
      signal: interruption.signal,
      onProgress: ({ message }) => {
        if (message !== said) console.error(message);
        said = message;
      },
    });
  } finally {
    interruption.ignore();
  }
}
