import { connect } from 'node:net';
import { CHECKED } from './configuration.js';

/** What the proxy's last check of a node found. */
export interface CheckedNode {
  name: string;
  /** True where the check found the node ready. */
  ready: boolean;
  /** In haproxy's words, such as `L7OK` or `L4CON: Connection refused at step 1 of tcp-check (connect)`. */
  found: string;
}

const ANSWER_WITHIN_MS = 3_000;

/**
 * Asks haproxy what its checks found.
 *
 * @param socket the path of its socket
 * @throws the socket's error; Error where the answer does not come in time
 */
export async function checkedNodes(socket: string): Promise<CheckedNode[]> {
  return parseStatistics(await ask(socket, 'show stat'));
}

/** Reads the answer to `show stat` (haproxy management guide, "Statistics and monitoring"): CSV below a head. */
export function parseStatistics(csv: string): CheckedNode[] {
  const [head = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.replace(/^# /, '').split(','));
  const field = (row: readonly string[], name: string): string => row[head.indexOf(name)] ?? '';
  return rows
    .filter((row) => field(row, 'pxname') === CHECKED && field(row, 'svname') !== 'BACKEND')
    .map((row) => {
      // A check that is under way has an asterisk before what the last one found.
      const status = field(row, 'check_status').replace(/^\* /, '');
      const last = field(row, 'last_chk').replaceAll('"', '');
      return {
        name: field(row, 'svname'),
        ready: status === 'L7OK',
        found: status === 'L7OK' || last === '' ? status : `${status}: ${last}`,
      };
    });
}

function ask(path: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error(`no answer to ${command}`)));
    socket.once('error', reject);
    socket.once('connect', () => socket.write(`${command}\n`));
    socket.on('data', (part: string) => (answer += part));
    socket.once('end', () => resolve(answer));
  });
}
