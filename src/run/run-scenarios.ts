import { HarnessError, worstExitCode } from '../errors.js';
import { terminalReport } from '../report/terminal.js';
import { loadScenario } from '../scenario/load.js';
import { Progress } from '../terminal/progress.js';
import { styleFor } from '../terminal/colour.js';
import { Interruption } from './interruption.js';
import { runScenario } from './run-scenario.js';
import { failureText } from '../terminal/failure.js';

export interface RunScenariosRequest {
  scenario: readonly string[];
  quick: boolean;
  set: readonly string[];
  out: string | undefined;
  keep: boolean;
}

/** Runs scenarios one after the other, all of them checked before the first is started. The worst exit code counts. */
export async function runScenarios(request: RunScenariosRequest): Promise<number> {
  const { quick, set, out, keep } = request;
  if (out !== undefined && request.scenario.length > 1) {
    throw new HarnessError('USAGE', '--out names one run directory, but several scenarios are to be run', {
      hint: 'leave --out away, or run them one by one',
    });
  }
  const scenarios = request.scenario.map((name) => loadScenario(name, { set, quick }));
  const interruption = new Interruption();
  const progress = new Progress(process.stderr);
  interruption.listen();
  const codes: number[] = [];
  try {
    for (const loaded of scenarios) {
      if (scenarios.length > 1) progress.say(`\n${loaded.scenario.name}: ${loaded.scenario.description}`);
      try {
        const { result, runDirectory } = await runScenario({
          loaded,
          out,
          keep,
          progress,
          argv: process.argv.slice(2),
          signal: interruption.signal,
        });
        const { columns } = process.stdout;
        process.stdout.write(
          '\n' + terminalReport(result, { runDirectory, columns, style: styleFor(process.stdout) }),
        );
        codes.push(result.exitCode);
      } catch (error) {
        if (interruption.interrupted !== undefined) return interruption.interrupted.exitCode;
        if (!(error instanceof HarnessError)) throw error;
        process.stderr.write(failureText(error));
        codes.push(error.exitCode);
      }
      if (interruption.interrupted !== undefined) return interruption.interrupted.exitCode;
    }
  } finally {
    interruption.ignore();
  }
  return worstExitCode(codes);
}
