import { clearInterval, setInterval } from 'node:timers';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

const EVERY_MS = 500;

/**
 * Ends this program, as a SIGTERM does, when the npm that runs it as a script is gone. npm passes no signal on, so
 * the program would still run after somebody has ended npm. A program that npm does not run goes on when its parent
 * is gone.
 */
export function endWithNpm(script) {
  const npm = npmThatRuns(script);
  if (npm === undefined) return;
  const watching = setInterval(() => {
    if (startOf(npm.pid) === npm.start) return;
    clearInterval(watching);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  watching.unref();
}

/** The npm that runs this program as a script. It is the parent, or with a shell between them the grandparent. */
function npmThatRuns(script) {
  const { npm_lifecycle_event: event, npm_node_execpath: node } = process.env;
  if (event !== script || node === undefined) return undefined;
  const parent = process.ppid;
  const pid = [parent, parentOf(parent)].find((one) => one !== undefined && runs(one, node));
  const start = pid === undefined ? undefined : startOf(pid);
  return start === undefined ? undefined : { pid, start };
}

function runs(pid, program) {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === realpathSync(program);
  } catch {
    return false;
  }
}

function parentOf(pid) {
  const parent = Number(statOf(pid)?.[1]);
  return parent > 0 ? parent : undefined;
}

/**
 * When a process was started, because process numbers are given again; undefined for a process that is gone, or a
 * zombie.
 */
function startOf(pid) {
  const fields = statOf(pid);
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** The fields of `/proc/PID/stat` from the third on, the state (proc(5)). */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the command's name, may hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
