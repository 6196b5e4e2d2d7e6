import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get as getPlainly, type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The same place for each build, where it is free: an engine keeps what it built with the same arguments. */
const PLACE = { host: '127.76.67.1', port: 4873 };

/**
 * A registry on the loopback, which passes requests on to the one that this machine's npm uses. An image that is built
 * knows neither this machine's settings of npm nor its certificates.
 */
export async function startNpmRelay(): Promise<{ url: string; stop: () => void }> {
  const registry = npmSetting('registry') ?? '';
  const authorities = npmSetting('cafile');
  const ca = authorities === undefined ? undefined : readFileSync(authorities);
  let own = '';
  const server = createServer((request, response) => {
    void (async () => {
      const asked = new URL((request.url ?? '').slice(1), registry);
      const headers = { accept: request.headers.accept ?? '*/*' };
      const sent = asked.protocol === 'https:' ? get(asked, { headers, ca }) : getPlainly(asked, { headers });
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      const type = answer.headers['content-type'] ?? '';
      response.writeHead(answer.statusCode ?? 502, { 'content-type': type });
      // Descriptions of packages name the registry's own address.
      if (type.includes('json')) response.end((await text(answer)).replaceAll(registry, own));
      else answer.pipe(response);
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  const listen = async (port: number) => {
    server.listen(port, PLACE.host);
    await once(server, 'listening');
  };
  await listen(PLACE.port).catch(() => listen(0));
  own = `http://${PLACE.host}:${(server.address() as AddressInfo).port}/`;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: own, stop };
}

function npmSetting(name: string): string | undefined {
  const value = execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim();
  return value === 'null' || value === 'undefined' ? undefined : value;
}
