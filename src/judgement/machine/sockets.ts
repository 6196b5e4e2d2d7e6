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
 * Checks whether datagrams were lost. A run that lost too many can't tell. The checks name each socket concerned.
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
  const ofHarness = dropped.filter(isHarness);
  return [
    ...(onlyHarness
      ? [dropCheck(ofHarness, maxDroppedDatagrams, 'together', " at the harness' sockets")]
      : maxDroppedAtServers === undefined
        ? [dropCheck(dropped, maxDroppedDatagrams, 'all sockets together')]
        : [
            dropCheck(ofHarness, maxDroppedDatagrams, "all of the harness' sockets together"),
            dropCheck(
              dropped.filter((one) => !isHarness(one)),
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
 * `226,019 datagrams dropped at 9 sockets of kea, 1 datagram not sent at harness dhcp4 server-1`: one total for each side, as
 * a check names every socket. Empty if nothing was lost.
 */
export function lostText(sockets: readonly SocketFigures[]): string {
  return [
    lostAt(sockets, ({ drops }) => drops, 'dropped'),
    lostAt(sockets, ({ sendErrors }) => sendErrors ?? 0, 'not sent'),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

export function lostAt(
  sockets: readonly SocketFigures[],
  countOf: (socket: SocketFigures) => number,
  lost: 'dropped' | 'not sent',
): string {
  const concerned = sockets.filter((one) => countOf(one) > 0);
  const sideOf = ({ socket }: { socket: string }) => socket.split(' ')[0] ?? socket;
  return [...new Set(concerned.map(sideOf))]
    .map((side) => {
      const [first, ...others] = concerned.filter((one) => sideOf(one) === side);
      const total = [first, ...others].reduce((sum, one) => sum + (one ? countOf(one) : 0), 0);
      const where = others.length === 0 ? first?.socket : `${others.length + 1} sockets of ${side}`;
      return `${counted(total, 'datagram', 'datagrams')} ${lost} at ${where}`;
    })
    .join(', ');
}

const isHarness = ({ socket }: { socket: string }): boolean => socket.startsWith('harness ');

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
    most === 0 ? '' : `at most ${most}, ${which}`,
  );
}

function check(
  name: 'run.drops' | 'run.sendErrors',
  sockets: readonly { socket: string; count: number }[],
  most: number,
  what: string,
  allowed: string,
): Check {
  const concerned = sockets.filter(({ count }) => count > 0);
  const total = concerned.reduce((sum, { count }) => sum + count, 0);
  return {
    name,
    case: '',
    phase: '',
    expected: allowed === '' ? `0 ${what}` : `${what}: ${allowed}`,
    actual:
      total === 0
        ? `0 ${what}`
        : concerned.map(({ socket, count }) => `${number(count)} at ${socket}`).join(', '),
    verdict: total <= most ? 'pass' : 'inconclusive',
  };
}
