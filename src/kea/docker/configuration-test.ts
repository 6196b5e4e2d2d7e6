import type { RunContainers } from '../../docker/run-containers.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Finding } from '../../scenario/language/problems.js';
import type { Scenario } from '../../scenario/schema.js';
import { refusedByKea } from '../checked/refused.js';
import { environmentIn } from '../configuration-file.js';
import type { KeaImage } from './kea-image.js';

/** A directory of the container, with the mode that Kea wants for its sockets. */
const HOME = '/tmp/klc';
const TEST = `mkdir -m 750 ${HOME} && printf %s "$1" > ${HOME}/kea.json && exec "$0" -t ${HOME}/kea.json`;

/**
 * What the Keas of the images refuse of the configuration that a scenario states.
 *
 * @param imageOf the image of a server, by the version that the server wants
 */
export function refusedByKeaOf(
  imageOf: (wanted: string | undefined) => Pick<KeaImage, 'reference' | 'version'>,
  scenario: Scenario,
  containers: RunContainers,
): Promise<Finding[]> {
  return refusedByKea(scenario, (wanted) => {
    const { reference, version } = imageOf(wanted);
    return {
      version: new KeaVersion(version),
      hooks: undefined,
      home: HOME,
      run: async (family: 4 | 6, configuration: string) => {
        const { code, stdout, stderr } = await containers.runToEnd({
          name: `the test of a configuration in ${reference}`,
          hostname: 'look-configuration',
          image: reference,
          command: ['sh', '-euc', TEST, `kea-dhcp${family}`, configuration],
          environment: environmentIn(HOME, undefined),
          user: { uid: 65_534, gid: 65_534 },
        });
        return { code, output: `${stdout}\n${stderr}` };
      },
    };
  });
}
