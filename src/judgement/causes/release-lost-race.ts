import { number } from '../../numbers.js';
import type { Cause } from './cause.js';
import { explainedByServer, LOST_RACE, messagesOf } from './log-counts.js';

/** Kea catches the error in DHCPv4; in DHCPv6 it drops the message, and the client, not answered, releases again. */
const MESSAGES: ReadonlySet<string> = new Set([
  'DHCP4_RELEASE_EXCEPTION',
  'DHCP4_RELEASE_FAIL',
  'DHCP6_RELEASE_NA_FAIL',
  'DHCP6_RELEASE_PD_FAIL',
]);

export const releaseLostRace: Cause = {
  title: 'releases that lost a race',
  meaning:
    'A RELEASE deletes the lease or lets it expire. Where that loses a certification race against another node (error 1213), Kea logs it and does not try again: the lease stays with the client that gave it back until its lifetime is over.',
  versions: 'Kea 1.9 to 3.2, by their code; seen with 2.2.',
  upstream:
    '`Dhcpv4Srv::processRelease` in `src/bin/dhcp4/dhcp4_srv.cc` and `Dhcpv6Srv::releaseIA_NA` in `src/bin/dhcp6/dhcp6_srv.cc` of Kea; not reported there as far as we know.',
  shownBy:
    'Each server at which a lease was released that its client still holds logged `DHCP4_RELEASE_EXCEPTION`, `DHCP4_RELEASE_FAIL`, `DHCP6_RELEASE_NA_FAIL` or `DHCP6_RELEASE_PD_FAIL` with error 1213, at least once for each of them.',
  whatToDo:
    'Nothing in the configuration prevents it; expect a released lease to become free only when it runs out, and choose the pool size or the lifetimes accordingly.',
  evidence({ check, system, found, findings, ...context }) {
    if (check !== 'audit.givenBack' || system === undefined || found === 0) return undefined;
    const servers = findings.flatMap(({ kind, server }) =>
      kind === 'still-live' && server !== null ? [server] : [],
    );
    if (servers.length !== found) return undefined;
    const said = explainedByServer(servers, messagesOf(system, context.case, MESSAGES, LOST_RACE));
    if (said === undefined) return undefined;
    return `the servers logged ${number(said.messages)} releases that failed with error ${LOST_RACE}, for ${number(said.violations)} leases that are still held`;
  },
};
