import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../errors.js';
import { withLogs } from '../evidence/collect.js';
import { busyBeforeText, isBusyBefore } from '../judgement/machine/machine.js';
import { lookAtMachine } from '../evidence/machine-before.js';
import type { Evidence } from '../evidence/evidence.js';
import type { ListedClient } from '../scenario/client-list/listed-client.js';
import { digestOf, readStoredList } from '../scenario/client-list/stored-list.js';
import type { LoadPlan } from '../load/plan-load.js';
import { wantedTransport } from '../load/transport/wanted-transport.js';
import type { TransportName } from '../results/transport-names.js';
import { digestsOf } from '../observations/journal/digest.js';
import { JournalWriter } from '../observations/journal/journal-writer.js';
import { outOfFilesExplained } from '../open-files.js';
import { Cleanup } from '../processes/cleanup.js';
import { endingInWords } from '../processes/ending.js';
import { toldInWords } from './faults/driver.js';
import { planFaults } from './faults/plan.js';
import { identify } from '../processes/process-id.js';
import type { InconclusiveAs } from '../report/junit/junit.js';
import { faultName } from '../report/words/fault-leases.js';
import type { Result } from '../results/result.js';
import type { LoadedScenario } from '../scenario/load.js';
import { unknownToKea } from '../scenario/rules/kea-support.js';
import { serversOf } from '../scenario/schema.js';
import type { Progress } from '../terminal/progress.js';
import { TOOL } from '../tool.js';
import { conclude, concludeFailure } from './judge-and-store.js';
import { crashOf, unlessStuckAfterCrash } from './crashed-run.js';
import { describeLoad } from './describe-load.js';
import { environmentOf } from './environment.js';
import type { TellRunEvent } from './events/schema.js';
import { progressEvents, Stages } from './events/stages.js';
import { toldDeath } from './events/told-death.js';
import { Interrupted } from './interruption.js';
import { liveLines } from './live-lines.js';
import { describeEnd, observe, planOf, type Observed } from './observe.js';
import { contentOf, keptLines, type KeptCommand } from '../providers/kept.js';
import { keptScenario } from '../providers/external-scenario.js';
import type { PreparedProvider, StartedSystem } from '../providers/provider.js';
import { providerOf } from '../providers/select.js';
import { makeReportDirectory, markLatest, shownPath } from '../store/report-directory.js';
import { RunDirectory } from '../store/run-directory.js';
import { RunLog } from '../store/run-log.js';
import { PASSWORD_VARIABLE } from '../scenario/schema/external.js';
import { shellWords } from '../terminal/shell-words.js';
import { ownCommand } from '../tool.js';
import { STORED, STORED_FACTS_VERSION, type StoredFacts } from '../store/stored-run.js';

export interface RunRequest {
  loaded: LoadedScenario;
  /** The command line as given, for the result. */
  argv: readonly string[];
  out: string | undefined;
  keep: boolean;
  /** Whether to write what is sent and received as `capture.pcap`; false by default. */
  capture?: boolean;
  /** How `junit.xml` shows a check that can't tell; as skipped by default. */
  inconclusive?: InconclusiveAs;
  /** Whether the run is one of several that share one summary; false by default. */
  inSuite?: boolean;
  /** Called with each event of the run as it happens. */
  tell?: TellRunEvent;
  /** Called at the end with what `keep` left up, and with lines to paste. A run that ended in an error has left it, too. */
  tellKept?: (text: string) => void;
  signal: AbortSignal;
  progress: Progress;
  /**
   * Puts something between the load and the servers, or does something to the nodes. With it, the tests show that the
   * harness finds the violations that it must find. It must push on `cleanup` whatever it opens.
   */
  interpose?: (system: StartedSystem, cleanup: Cleanup) => Promise<StartedSystem>;
}

export interface RunOutcome {
  result: Result;
  /** The path as it is to be shown. */
  runDirectory: string;
}

/**
 * Runs one scenario from nothing to a stored result, and ends everything it started, whatever happens.
 *
 * @returns the outcome; also of a run that was interrupted or ended early, if there is something to judge
 * @throws HarnessError when nothing could be observed: PREREQUISITE, PACKAGES, CLUSTER, KEA, STORAGE; SCENARIO where
 *   the version of Kea that was found does not know a setting; Interrupted where the run was interrupted before that
 */
export async function runScenario(request: RunRequest): Promise<RunOutcome> {
  const log = new RunLog(request.progress);
  const stages = new Stages(request.tell ?? (() => undefined), log.detail);
  try {
    return await runInStages(request, log, stages);
  } catch (error) {
    throw outOfFilesExplained(error);
  } finally {
    stages.end();
  }
}

async function runInStages(request: RunRequest, log: RunLog, stages: Stages): Promise<RunOutcome> {
  const { loaded, signal, inconclusive = 'skip', inSuite = false } = request;
  const { scenario } = loaded;
  const startedAt = new Date();
  // An error in it must be told before anything is started.
  const transport = wantedTransport();
  refuseCapturesOfThreads(request);
  stages.enter('preparing');
  const provider = await prepareProvider(request).catch((error: unknown) => {
    // Nobody looks for a report in a directory that he has not named. A suite reports the failure itself.
    if (request.out !== undefined && !inSuite && !signal.aborted) {
      const place = makeReportDirectory(scenario.name, request.out, startedAt);
      concludeFailure(new RunDirectory(place), scenario, error);
    }
    throw error;
  });
  loaded.refuse([...unknownToKea(scenario, provider.versions.kea), ...(provider.refused ?? [])]);
  const directory = new RunDirectory(makeReportDirectory(scenario.name, request.out, startedAt));
  directory.writeText('scenario.yaml', loaded.source.text);
  if (loaded.list !== undefined) directory.writeText(STORED.clients, loaded.list.text);
  log.writeTo(directory);
  const { say } = log;
  const seed = scenario.seed ?? randomInt(0x1_0000_0000);
  const plan = planOf(scenario, serversOf(scenario).length, seed);
  const runDirectory = shownPath(directory.path);
  const storeFacts = (system: StartedSystem | undefined): void => {
    const facts: StoredFacts = {
      schemaVersion: STORED_FACTS_VERSION,
      tool: TOOL,
      scenario,
      seed,
      argv: request.argv,
      startedAt: startedAt.toISOString(),
      owner: identify(process.pid),
      environment: environmentOf(scenario, provider, system),
      runDirectory,
      ...(loaded.list === undefined ? {} : { clientsDigest: digestOf(loaded.list.text) }),
    };
    directory.writeJson(STORED.facts, facts);
  };
  storeFacts(undefined);
  log.detail(`${runDirectory}: ${request.argv.join(' ')}; seed ${seed}`);
  const machine = await lookAtMachine(signal);
  if (machine !== null && isBusyBefore(machine)) say(busyBeforeText(machine));
  const journal = join(directory.path, STORED.journal);
  JournalWriter.begin(journal, plan.layout).close();
  const { collected, resources, ...observed } = await observeAndEnd({
    ...request,
    provider,
    directory,
    seed,
    plan,
    journal,
    transport,
    storeFacts,
    say,
    stages,
  }).catch((error: unknown) => {
    concludeFailure(directory, scenario, error);
    throw error;
  });

  stages.enter('judging');
  const evidence: Evidence = {
    schemaVersion: 1,
    finishedAt: new Date().toISOString(),
    interruptedBy: signal.reason instanceof Interrupted ? signal.reason.by : null,
    offered: plan.offered,
    ...observed,
    // After a crash a thread may still write what it held back.
    ...(observed.endedEarly === null ? { journalDigests: digestsOf(journal) } : {}),
    ...(resources === undefined ? {} : { resources: { ...resources, before: machine } }),
    ...(collected === undefined ? {} : { system: await withLogs(collected) }),
  };
  directory.writeJson(STORED.evidence, evidence);
  const result = conclude({ directory, scenario, inconclusive, inSuite, say });
  markLatest(directory.path);
  return { result, runDirectory };
}

/** On loopback the load writes the capture itself, and each of its threads would write one. */
function refuseCapturesOfThreads({ capture = false, loaded: { scenario } }: RunRequest): void {
  if (!capture || scenario.load.threads === 'one' || scenario.cluster.network === 'private') return;
  throw new HarnessError('USAGE', '--capture needs a load in one thread where all servers are on loopback', {
    hint: 'leave load.threads at one, or set cluster.network: private',
  });
}

async function prepareProvider({ loaded, signal, progress }: RunRequest): Promise<PreparedProvider> {
  try {
    return await providerOf(loaded.scenario).prepare(loaded.scenario, {
      signal,
      onProgress: ({ message, fraction }) => {
        if (fraction !== undefined) {
          progress.live([{ text: message, end: `${Math.round(100 * fraction)}%` }]);
          return;
        }
        // A new step begins, so the step before is over.
        progress.end();
        progress.say(message);
      },
    });
  } finally {
    progress.end();
  }
}

/** The clients of the list that the run directory holds. */
function listedIn(
  directory: RunDirectory,
  { cases, load }: ObserveAndEndRequest['loaded']['scenario'],
): readonly ListedClient[] | undefined {
  return load.clientsFrom === undefined
    ? undefined
    : readStoredList(join(directory.path, STORED.clients), cases, undefined);
}

interface ObserveAndEndRequest extends RunRequest {
  provider: PreparedProvider;
  directory: RunDirectory;
  seed: number;
  plan: LoadPlan;
  journal: string;
  transport: TransportName | undefined;
  /** Called once the system is up: only then are its versions known for certain. */
  storeFacts: (system: StartedSystem) => void;
  say: (text: string) => void;
  stages: Stages;
}

/**
 * Brings the system up, drives it, and ends everything that was started, in reverse order, also after a signal and
 * after a failure half-way. A signal is not an error here: the observations until then are returned.
 */
async function observeAndEnd(request: ObserveAndEndRequest): Promise<Observed> {
  const { loaded, directory, progress, signal, keep, say, stages, plan } = request;
  const { capture = false } = request;
  const { tell = () => undefined } = request;
  const { scenario } = loaded;
  const cleanup = new Cleanup();
  let system: StartedSystem | undefined;
  let observed: Observed = { observations: 0, endedEarly: null, deaths: [], drops: [] };
  try {
    const logDirectory = directory.logs;
    stages.enter('cluster');
    const clusterReady = () => stages.enter('servers');
    system = await unlessStuckAfterCrash(
      request.provider.start({
        ...request,
        scenario,
        listed: listedIn(directory, scenario),
        cleanup,
        logDirectory,
        clusterReady,
      }),
      signal,
    );
    if (request.interpose !== undefined) system = await request.interpose(system, cleanup);
    request.storeFacts(system);
    say(describeLoad(scenario, plan));
    const tellProgress = progressEvents(tell);
    const observing = observe({
      ...request,
      capture,
      scenario,
      system,
      progress: (counts, secondsLeft) => {
        progress.live(liveLines(counts, secondsLeft));
        tellProgress(counts, secondsLeft);
      },
      faultTold: (event) => {
        tell({ type: 'fault', ...event });
        say(toldInWords(event));
      },
      died: (death) => {
        const told = toldDeath(death, planFaults(scenario, request.seed));
        tell(told);
        const { verb, way } = endingInWords(death);
        const { name, after, fault, lastLines } = told;
        const from = after === undefined ? '' : ` after ${after}`;
        const because = fault === undefined ? '' : `, because of ${faultName(fault)}`;
        say([`${name} ${verb}${from} (${way})${because}`, ...lastLines].join('\n  '));
      },
    });
    observed = await unlessStuckAfterCrash(observing, signal);
  } catch (error) {
    if (!signal.aborted) {
      directory.log(messageOf(error));
      throw error;
    }
  } finally {
    progress.end();
    stages.enter('ending');
    if (signal.aborted) progress.say(`${messageOf(signal.reason)}: ending what was started…`);
    for (const { what, error } of await cleanup.close())
      say(`${what} could not be ended: ${messageOf(error)}`);
  }
  if (keep && system !== undefined) {
    const { kept } = system;
    const driving = outsideCommand(directory, scenario, system);
    const text = keptLines({ ...kept, commands: [...driving, ...kept.commands] }).join('\n');
    directory.log(text);
    request.tellKept?.(text);
  }
  return crashOf(signal) === undefined
    ? observed
    : { ...observed, endedEarly: observed.endedEarly ?? describeEnd(signal.reason) };
}

/** Writes a scenario that drives what was kept, and says how. No such scenario has clients on the link of the servers. */
function outsideCommand(
  directory: RunDirectory,
  scenario: ObserveAndEndRequest['loaded']['scenario'],
  { cluster, servers, network, kept: { passwordFile } }: StartedSystem,
): KeptCommand[] {
  if (passwordFile === undefined || servers.some(({ clients }) => clients !== undefined)) return [];
  const file = 'external.yaml';
  directory.writeText(file, keptScenario(scenario, cluster, servers));
  const path = shownPath(join(directory.path, file));
  const where = network === undefined ? '' : ', as a program among the clients';
  return [
    {
      what: `drive it as servers that someone else runs${where}`,
      command: `${PASSWORD_VARIABLE}=${contentOf(passwordFile)} ${ownCommand(shellWords(['run', path]))}`,
    },
  ];
}
