import type { Scenario } from '../scenario/schema.js';
import { DOCKER } from './docker.js';
import { EXTERNAL } from './external.js';
import { LOCAL } from './local.js';
import type { Provider } from './provider.js';

const PROVIDERS: Readonly<Record<Scenario['cluster']['provider'], Provider>> = {
  local: LOCAL,
  docker: DOCKER,
  external: EXTERNAL,
};

export function providerOf({ cluster }: Scenario): Provider {
  return PROVIDERS[cluster.provider];
}
