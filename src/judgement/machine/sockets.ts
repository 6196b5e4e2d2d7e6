import type { Evidence } from '../../evidence/evidence.js';
import type { Scenario } from '../../scenario/schema.js';
import type { Check } from '../../results/check.js';
import type { SocketFigures } from '../../results/result.js';
import { counted, number } from '../../numbers.js';

type Sockets = Pick<Evidence, 'drops' | 'sendErrors'>;

export function socketFigures({ drops, sendErrors = [] }: Sockets): SocketFigures[] {
  const names = [...new Set([...drops, ...sendErrors].map(({ socket }) => socket))];
  return names.map((socket) => ({
    socket,
    drops: drops.find((one) => one.socket === socket)?.drops ?? 0,
    sendErrors: sendErrors.find((one) => one.socket === socket)?.errors ?? null,
  }));
}

/**
 * Checks whether datagrams were lost. A run that lost too many can't tell. The checks have a total for each side; the result lists the
 * sockets.
 *
 * @param onlyHarness leaves out what the servers' sockets dropped, and says so
 */
export function socketChecks(
  { drops, sendErrors }: Sockets,
  {
    maxDroppedDatagrams,
    maxDroppedAtServers,
  }: Pick<Scenario['limits'], 'maxDroppedDatagrams' | 'maxDroppedAtServers'>,
  { onlyHarness = false }: { onlyHarness?: boolean } = {},
): Check[] {
  const dropped = drops.map((one) => ({ socket: one.socket, count: one.drops }));
  const ofHarness = dropped.filter(isOfHarness);
  return [
    ...(onlyHarness
      ? [dropCheck(ofHarness, maxDroppedDatagrams, 'together', " at the harness' sockets")]
      : maxDroppedAtServers === undefined
        ? [dropCheck(dropped, maxDroppedDatagrams, 'all sockets together')]
        : [
            dropCheck(ofHarness, maxDroppedDatagrams, "all of the harness' sockets together"),
            dropCheck(
              dropped.filter((one) => !isOfHarness(one)),
              maxDroppedAtServers,
              "all of the servers' sockets together",
            ),
          ]),
    ...(sendErrors === undefined
      ? []
      : [
          check(
            'run.sendErrors',
            sendErrors.map((one) => ({ socket: one.socket, count: one.errors })),
            0,
            'datagrams that could not be sent',
            '',
          ),
        ]),
  ];
}

/**
 * `226,019 datagrams dropped at 9 sockets of the Kea servers, 1 datagram not sent at the socket of the harness for dhcp4 server-1`: one
 * total for each side. Empty if nothing was lost.
 */
export function lostText(sockets: readonly SocketFigures[]): string {
  return [droppedAt(sockets), notSentAt(sockets)].filter((text) => text !== '').join(', ');
}

export function droppedAt(sockets: readonly SocketFigures[]): string {
  return lostAt(sockets, ({ drops }) => drops, 'dropped');
}

export function notSentAt(sockets: readonly SocketFigures[]): string {
  return lostAt(sockets, ({ sendErrors }) => sendErrors ?? 0, 'not sent');
}

function lostAt(
  sockets: readonly SocketFigures[],
  countOf: (socket: SocketFigures) => number,
  lost: 'dropped' | 'not sent',
): string {
  return bySide(sockets, countOf)
    .map(({ total, where }) => `${counted(total, 'datagram', 'datagrams')} ${lost} at ${where}`)
    .join(', ');
}

/** What was lost on each side of the exchanges, and where: at one socket, or at how many. */
function bySide<Socket extends Named>(
  sockets: readonly Socket[],
  countOf: (socket: Socket) => number,
): { total: number; where: string }[] {
  return [false, true].flatMap((ofHarness) => {
    const concerned = sockets.filter((one) => isOfHarness(one) === ofHarness && countOf(one) > 0);
    const [first, ...others] = concerned;
    if (first === undefined) return [];
    const side = ofHarness ? 'the harness' : 'the Kea servers';
    const where = others.length === 0 ? socketText(first) : `${number(concerned.length)} sockets of ${side}`;
    return [{ total: concerned.reduce((sum, one) => sum + countOf(one), 0), where }];
  });
}

/** The server of a case, and which side's socket it is: such as `kea dhcp4 server-1`, `harness dhcp4 server-1`. */
type Named = Pick<SocketFigures, 'socket'>;

/** `the socket of dhcp4 server-1`, `the socket of the harness for dhcp4 server-1` */
export function socketText({ socket }: Named): string {
  const [, side, server] = /^(kea|harness) (.*)$/.exec(socket) ?? [];
  if (side === undefined) return `the socket ${socket}`;
  return side === 'kea' ? `the socket of ${server}` : `the socket of the harness for ${server}`;
}

export const isOfHarness = ({ socket }: Named): boolean => socket.startsWith('harness ');

function dropCheck(
  dropped: readonly { socket: string; count: number }[],
  most: number,
  which: string,
  where = '',
): Check {
  return check(
    'run.drops',
    dropped,
    most,
    `datagrams dropped${where}`,
    most === 0 ? '' : `at most ${number(most)}, ${which}`,
  );
}

function check(
  name: 'run.drops' | 'run.sendErrors',
  sockets: readonly { socket: string; count: number }[],
  most: number,
  what: string,
  allowed: string,
): Check {
  const lost = bySide(sockets, ({ count }) => count);
  const total = lost.reduce((sum, one) => sum + one.total, 0);
  return {
    name,
    case: '',
    phase: '',
    expected: allowed === '' ? `0 ${what}` : `${what}: ${allowed}`,
    actual: total === 0 ? `0 ${what}` : lost.map((one) => `${number(one.total)} at ${one.where}`).join(', '),
    verdict: total <= most ? 'pass' : 'inconclusive',
  };
}
