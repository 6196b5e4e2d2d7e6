import { HarnessError } from '../../errors.js';
import { TRANSPORTS, type TransportName } from '../../results/transport-names.js';

/** Names a transport for all loads of a process; without it, each load takes the best that the machine has. */
export const TRANSPORT_VARIABLE = 'KEA_CONFORMANCE_TRANSPORT';

/** The transport that the environment asks for, if any. Errors: USAGE for one that does not exist. */
export function wantedTransport(environment: NodeJS.ProcessEnv = process.env): TransportName | undefined {
  const { [TRANSPORT_VARIABLE]: wanted = '' } = environment;
  if (wanted === '') return undefined;
  const found = TRANSPORTS.find((name) => name === wanted);
  if (found !== undefined) return found;
  throw new HarnessError('USAGE', `${TRANSPORT_VARIABLE}: there is no transport ${wanted}`, {
    hint: `use one of ${TRANSPORTS.join(', ')}, or leave the variable away for the best that this machine has`,
  });
}
