import type { Family } from '../../protocol/phases.js';
import { ISC_ENTERPRISE_NUMBER } from '../schema/sent-options.js';
import type { SentLoad } from '../sent-bytes.js';
import type { ListedClient } from './listed-client.js';

/** What is said of all clients, with what the list says of this one in its place. */
export function sentByClient(
  load: SentLoad,
  { sent, options }: Pick<ListedClient, 'sent' | 'options'>,
): SentLoad {
  const { circuitId, interfaceId, remoteId, subscriberId } = sent;
  const both = {
    ...(remoteId !== undefined && { remoteId }),
    ...(subscriberId !== undefined && { subscriberId }),
  };
  const { dhcp4 = { options: [] }, dhcp6 = { options: [], enterpriseNumber: ISC_ENTERPRISE_NUMBER } } = load;
  const own = (family: Family, before: readonly { code: number; value: string }[]) => {
    const listed = options.filter((one) => one.family === family);
    return [...before.filter(({ code }) => listed.every((one) => one.code !== code)), ...listed];
  };
  return {
    dhcp4: {
      ...dhcp4,
      ...both,
      ...(circuitId !== undefined && { circuitId }),
      options: own(4, dhcp4.options),
    },
    dhcp6: {
      ...dhcp6,
      ...both,
      ...(interfaceId !== undefined && { interfaceId }),
      options: own(6, dhcp6.options),
    },
  };
}
