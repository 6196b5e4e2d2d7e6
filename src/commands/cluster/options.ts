import { parseEndpoint, type Endpoint } from '../../cluster/endpoint.js';
import { HarnessError } from '../../errors.js';

/** A `coerce` function for a list that may be given in one piece or in several. yargs makes an array of several. */
export function joined(value: string | string[]): string {
  return Array.isArray(value) ? value.join(',') : value;
}

/**
 * Reads `a,b,c` from the command line.
 *
 * @throws HarnessError USAGE for an empty entry, an entry that is no host, or a host that is given twice
 */
export function endpointsOf(option: string, text: string, defaultPort: number): Endpoint[] {
  const parts = text.split(',').map((part) => part.trim());
  const endpoints = parts.map((part) => {
    const endpoint = parseEndpoint(part, defaultPort);
    if (endpoint !== undefined) return endpoint;
    throw new HarnessError(
      'USAGE',
      `${option}: ${part === '' ? 'an entry is empty' : `${part} is not a host`}`,
      {
        hint: 'separate hosts by commas: 10.0.0.1,db2.example.net:3307,[2001:db8::3]:3306',
      },
    );
  });
  const twice = endpoints.findIndex(({ host, port }, i) =>
    endpoints.slice(0, i).some((other) => other.host === host && other.port === port),
  );
  if (twice >= 0) {
    throw new HarnessError('USAGE', `${option}: ${parts[twice] ?? ''} is given twice`, {
      hint: 'name each node once',
    });
  }
  return endpoints;
}

/**
 * Returns the text if it is a release of Kea.
 *
 * @throws HarnessError USAGE otherwise, also for a series such as `2.6`
 */
export function keaVersionOf<T extends string | undefined>(text: T): T {
  if (text === undefined || /^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new HarnessError('USAGE', `--kea-version ${text} is no release of Kea`, {
    hint: 'as `kea-dhcp4 -v` says: 2.2.0, 2.6.3 or 3.0.4',
  });
}

/**
 * Returns the value if it is a whole number within bounds.
 *
 * @throws HarnessError USAGE
 */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HarnessError('USAGE', `${option} ${value} is no whole number from ${least} to ${most}`);
}

/**
 * Reads control channels of Kea servers from the command line.
 *
 * @throws HarnessError USAGE for an entry that is neither a path nor a URL, or is given twice
 */
export function channelsOf(option: string, text: string): string[] {
  const channels = text.split(',').map((part) => {
    const channel = part.trim();
    if (/^(\/|https?:\/\/)/.test(channel)) return channel;
    throw new HarnessError(
      'USAGE',
      `${option}: ${channel === '' ? 'an entry is empty' : `${channel} is no control channel`}`,
      {
        hint: 'name paths of Unix sockets, or http(s) URLs: /run/kea/kea4-ctrl-socket,http://10.0.0.2:8000/',
      },
    );
  });
  const twice = channels.find((channel, i) => channels.indexOf(channel) < i);
  if (twice === undefined) return channels;
  throw new HarnessError('USAGE', `${option}: ${twice} is given twice`, { hint: 'name each channel once' });
}
