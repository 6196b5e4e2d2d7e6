import { isIP, isIPv6 } from 'node:net';

/** A host by name or address, IPv6 without brackets, and a TCP port. */
export interface Endpoint {
  host: string;
  port: number;
}

/**
 * A label of a host name (RFC 1123 section 2.1). Underscores are allowed too, because names of containers have them.
 */
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Reads `host`, `host:port`, an IPv6 address, or an IPv6 address in brackets with or without a port.
 *
 * @returns the host in lower case, an IPv6 address in its shortest form; undefined where the text is none of these
 */
export function parseEndpoint(text: string, defaultPort: number): Endpoint | undefined {
  const [, bracketed, name, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  const host = parseHost(bracketed ?? name ?? text);
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return bracketed !== undefined && !isIPv6(host) ? undefined : { host, port };
}

/** `host:port` as people and URLs write it: an IPv6 address in brackets. */
export function endpointText({ host, port }: Endpoint): string {
  return `${hostText(host)}:${port}`;
}

/** The host in the form that goes before `:port`: an IPv6 address gets brackets. */
export function hostText(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/**
 * Reads a host name, or an address without brackets and port. Returns the host in the form that {@link parseEndpoint}
 * gives it; undefined for anything else.
 */
export function parseHost(text: string): string | undefined {
  const host = text.toLowerCase();
  // An address with a zone is refused: a zone names an interface of one machine and means nothing to other machines.
  if (isIPv6(host)) return host.includes('%') ? undefined : shortened(host);
  if (isIP(host) !== 0) return host;
  const labels = host.split('.');
  // A name may not end in a number. Otherwise a mistyped address, such as 10.0.0.300, would pass for a name.
  const endsInNumber = /^\d+$/.test(labels.at(-1) ?? '');
  return host.length <= 253 && !endsInNumber && labels.every((label) => LABEL.test(label)) ? host : undefined;
}

function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
