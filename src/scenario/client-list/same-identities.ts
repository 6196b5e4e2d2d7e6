import type { Family } from '../../protocol/phases.js';
import type { ListedClient, ListProblem } from './listed-client.js';

export const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/**
 * Clients that a server takes for one. In DHCPv4 a client is known by its client identifier; one without is known by its
 * hardware address, by which a server also finds a binding that was made without a client identifier (RFC 2131 section 4.2).
 * So two clients may share a hardware address only if both have a client identifier. In DHCPv6 a client's IA is known by DUID
 * and IAID (RFC 8415 section 12).
 */
export function sameIdentities(clients: readonly ListedClient[], families: readonly Family[]): ListProblem[] {
  return [
    ...(families.includes(6)
      ? repeated(clients, ({ duid, iaid }) => `duid ${hex(duid)} with iaid ${iaid}`)
      : []),
    ...(families.includes(4) ? same4(clients) : []),
  ];
}

function same4(clients: readonly ListedClient[]): ListProblem[] {
  const withIdentifier = clients.filter(({ clientIdentifier }) => clientIdentifier !== undefined);
  const first = new Map<string, ListedClient>();
  const problems = repeated(
    withIdentifier,
    ({ clientIdentifier }) => `clientIdentifier ${hex(clientIdentifier)}`,
  );
  for (const client of clients) {
    const address = hex(client.hardwareAddress);
    const other = first.get(address);
    if (other === undefined) first.set(address, client);
    else if (client.clientIdentifier === undefined || other.clientIdentifier === undefined)
      problems.push({
        line: client.line,
        column: 1,
        message: `hardwareAddress ${address} is also that of line ${other.line}, and not both have a clientIdentifier`,
        hint: 'servers take them for one client; give each a clientIdentifier, or leave one of them out',
      });
  }
  return problems;
}

/**
 * Clients of which an earlier one has the same key.
 *
 * @param keyOf in words: `duid 0001…`
 * @param why what follows the lines in the message
 */
export function repeated(
  clients: readonly ListedClient[],
  keyOf: (client: ListedClient) => string,
  { why = '', hint = 'servers take them for one client; leave one of them out' } = {},
): ListProblem[] {
  const first = new Map<string, number>();
  return clients.flatMap((client): ListProblem[] => {
    const key = keyOf(client);
    const before = first.get(key);
    if (before === undefined) first.set(key, client.line);
    return before === undefined
      ? []
      : [
          {
            line: client.line,
            column: 1,
            message: `${key} is also that of line ${before}${why}`,
            hint,
          },
        ];
  });
}
