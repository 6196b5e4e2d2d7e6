import { readFileSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import { runChild } from '../packages/archive/child.js';
import type { Programs } from '../packages/programs.js';
import { unprivilegedUser, type RunAs } from '../processes/unprivileged-user.js';
import { ownCommand } from '../tool.js';
import { entrances } from './namespaces.js';
import { classesCommand, delayCommands, delayedBy, ruleset } from './switch/rules.js';
import { UNPRIVILEGED_PORTS } from './settings.js';
import { portOf, trialCommands } from './switch/switch.js';

/** What keeps this machine from having a private network, and how to mend it. */
export interface Obstacle {
  /** Such as `no user namespaces: unshare failed: Operation not permitted`. */
  what: string;
  mend: string;
}

/** Programs with which a private network is tried out. */
export type NetworkTools = Pick<Programs, 'ip' | 'nft' | 'tc' | 'environment'>;

export interface TrialOptions {
  /** The user that servers run as, where the harness is root; a usual one by default. */
  user?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Whether messages between machines must be delayed; false by default. */
  delays?: boolean;
}

/** What is tried, in this order, and what it needs of the kernel. */
const STEPS = ['namespaces', 'servers', 'links', 'rules', 'delays'] as const;
type Step = (typeof STEPS)[number];

const NEEDED: Readonly<Record<Step, string>> = {
  namespaces: 'no namespaces',
  servers: 'no namespace for servers',
  links: 'no bridge, or no pair of links',
  rules: 'no rules of nftables for bridges',
  delays: 'no delays between machines (netem)',
};

/**
 * Tries out whether this machine can have a private network: namespaces, a switch with a link, rules. All of it is gone
 * afterwards. It takes some 50 ms.
 *
 * @returns what is in the way; undefined where nothing is
 */
export async function findObstacle(
  { ip, nft, tc = 'tc', environment }: NetworkTools,
  { user, signal, delays = false }: TrialOptions = {},
): Promise<Obstacle | undefined> {
  if (ip === undefined || nft === undefined)
    return { what: 'no ip(8) or nft(8)', mend: 'apt-get install iproute2 nftables' };
  const runAs = unprivilegedUser(user);
  const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { first } = entrances(runAs, own);
  const [program = 'unshare', ...before] = first;
  const script = [
    `echo 0 > ${UNPRIVILEGED_PORTS}`,
    'echo namespaces',
    runAs === undefined ? `unshare --user --map-user=${own.uid} --map-group=${own.gid} -- true` : 'true',
    'echo servers',
    // Both ends of the link stay in this namespace.
    `printf '%s' "$1" | "$2" -batch -`,
    'echo links',
    `printf '%s' "$3" | "$4" -f -`,
    'echo rules',
    ...(delays ? [`printf '%s' "$5" | "$6" -batch -`, 'echo delays'] : []),
  ].join('\n');
  const queues = [classesCommand(portOf(0)), delayCommands(portOf(0), 1, delayedBy(1))].join('');
  const rules = ruleset([{ from: '', to: '', effect: { losePercent: 50 } }], () => [portOf(0)]);
  const { stdout, stderr } = await runChild(
    program,
    [...before, '/bin/sh', '-ec', script, 'sh', trialCommands(), ip, rules, nft, queues, tc],
    { signal, environment },
  );
  const reached = stdout.trim().split('\n');
  const missing = STEPS.find((step) => !reached.includes(step) && (step !== 'delays' || delays));
  if (missing === undefined) return undefined;
  // ip(8) ends with the number of the line that failed.
  const said = stderr.split('\n').findLast((line) => line !== '' && !line.startsWith('Command failed')) ?? '';
  return { what: `${NEEDED[missing]}: ${said}`, mend: mendOf(missing, said, runAs) };
}

/** Errors: PREREQUISITE, with what is in the way and how to mend it. */
export async function requirePrivateNetwork(
  tools: NetworkTools,
  options: TrialOptions & { signal: AbortSignal },
): Promise<void> {
  const obstacle = await findObstacle(tools, options);
  if (obstacle === undefined) return;
  throw new HarnessError(
    'PREREQUISITE',
    `cluster.network: this machine can't have the private network that the scenario needs: ${obstacle.what}`,
    {
      hint: `${obstacle.mend}; \`${ownCommand('doctor')}\` tries it again. What needs no links between machines runs with cluster.network: loopback`,
    },
  );
}

/** Settings of the kernel that forbid user namespaces to ordinary users, and the value that forbids them. */
const FORBIDDING = [
  // Ubuntu from 23.10 on. The namespace is made, and its mapping fails.
  { name: 'kernel.apparmor_restrict_unprivileged_userns', forbids: 1, allows: 0 },
  { name: 'kernel.unprivileged_userns_clone', forbids: 0, allows: 1 },
  { name: 'user.max_user_namespaces', forbids: 0, allows: 10_000 },
] as const;

function mendOf(missing: Step, said: string, runAs: RunAs | undefined): string {
  const isForbidden = /not permitted|Permission denied|Read-only/.test(said);
  if (isForbidden && missing !== 'namespaces' && missing !== 'servers') return FOR_ROOT;
  if (missing === 'delays')
    return 'as root: modprobe -a sch_htb sch_netem; a kernel that has no such modules delays only messages of clients';
  if (missing === 'links') return 'as root: modprobe -a bridge veth';
  if (missing === 'rules') return 'as root: modprobe -a nf_tables nft_numgen';
  if (runAs !== undefined) return FOR_ROOT;
  const setting = FORBIDDING.find(({ name, forbids }) => valueOf(name) === forbids);
  return setting === undefined
    ? 'in a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined; elsewhere run it as root'
    : `as root: sysctl -w ${setting.name}=${setting.allows}`;
}

const FOR_ROOT =
  'it needs the capabilities SYS_ADMIN and NET_ADMIN, and to write to /proc/sys/net: in a container, start it with --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt apparmor=unconfined --security-opt systempaths=unconfined';

function valueOf(setting: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/sys/${setting.replaceAll('.', '/')}`, 'latin1'));
  } catch {
    return undefined;
  }
}
