import { number } from '../../numbers.js';
import type { Cause, CauseContext } from './cause.js';
import { explainedByServer, LOST_RACE, messagesOf } from './log-counts.js';

const MESSAGES: ReadonlySet<string> = new Set(['DHCP4_DECLINE_FAIL', 'DHCP6_DECLINE_FAIL']);

export const declineLostRace: Cause = {
  title: 'declines that lost a race',
  meaning:
    'A DECLINE is an update of the lease. Where that loses a certification race against another node (error 1213), Kea logs it and does not try again: the lease stays as it was, and is given out although it was declined.',
  versions: 'Kea 1.9 to 3.2, by their code; seen with 2.2.',
  upstream:
    '`Dhcpv4Srv::declineLease` in `src/bin/dhcp4/dhcp4_srv.cc` and `Dhcpv6Srv::declineLease` in `src/bin/dhcp6/dhcp6_srv.cc` of Kea; not reported there as far as we know.',
  shownBy:
    'Each server at which such a lease was declined logged `DHCP4_DECLINE_FAIL` or `DHCP6_DECLINE_FAIL` with error 1213, at least once for each of them.',
  whatToDo:
    'Nothing in the configuration prevents it; fewer servers that write at the same time make it rarer. One database for all servers has no such races.',
  evidence(context) {
    const { system, found } = context;
    const servers = declinedAt(context);
    if (system === undefined || found === 0 || servers === undefined) return undefined;
    const said = explainedByServer(servers, messagesOf(system, context.case, MESSAGES, LOST_RACE));
    if (said === undefined) return undefined;
    return `the servers logged ${number(said.messages)} declines that failed with error ${LOST_RACE}, for ${number(said.violations)} declined leases`;
  },
};

/**
 * For each declined lease that was given again, or whose row is not declined: the server at which the lease was
 * declined. Undefined if one of the servers is not known.
 */
function declinedAt({ check, found, witnesses, findings }: CauseContext): string[] | undefined {
  if (check === 'audit.givenBack') {
    const given = findings.filter(({ kind }) => kind === 'not-declined' || kind === 'still-live');
    const servers = given.flatMap(({ kind, server }) =>
      kind === 'not-declined' && server !== null ? [server] : [],
    );
    return servers.length === found ? servers : undefined;
  }
  const reused = witnesses.filter(({ kind }) => kind === 'declined-reused');
  if (reused.length !== found) return undefined;
  // The lease of one lost DECLINE may be given out more than once.
  const declines = new Map(
    reused.flatMap(({ holders: [declined] }) =>
      declined === undefined
        ? []
        : [[`${declined.client} ${declined.lease} ${declined.fromUs}`, declined.server]],
    ),
  );
  return [...declines.values()];
}
