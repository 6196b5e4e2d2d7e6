import { parseEndpoint, type Endpoint } from '../../cluster/endpoint.js';
import { HarnessError } from '../../errors.js';

/** For `coerce`: a list may as well be given piece by piece. */
export function joined(value: string | string[]): string {
  return Array.isArray(value) ? value.join(',') : value;
}

/**
 * Reads `a,b,c` from the command line.
 * Errors: USAGE for an empty list, what is no host, or a host given twice.
 */
export function endpointsOf(option: string, text: string, defaultPort: number): Endpoint[] {
  const parts = text.split(',').map((part) => part.trim());
  const endpoints = parts.map((part) => {
    const endpoint = parseEndpoint(part, defaultPort);
    if (endpoint !== undefined) return endpoint;
    throw new HarnessError(
      'USAGE',
      `${option}: ${part === '' ? 'an entry is empty' : `${part} is no host`}`,
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

/** Errors: USAGE for what is no release of Kea, such as `2.6`. */
export function keaVersionOf<T extends string | undefined>(text: T): T {
  if (text === undefined || /^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new HarnessError('USAGE', `--kea-version ${text} is no release of Kea`, {
    hint: 'as `kea-dhcp4 -v` says: 2.2.0, 2.6.3 or 3.0.4',
  });
}

/** Errors: USAGE. */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HarnessError('USAGE', `${option} ${value} is no whole number from ${least} to ${most}`);
}
