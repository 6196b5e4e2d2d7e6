import type { CheckName } from '../../../results/check-names.js';
import type { Verdict } from '../../../results/check.js';

export interface CheckMeaning {
  readonly requires: string;
  /** The verdict of the check if the requirement is not met. */
  readonly otherwise: Exclude<Verdict, 'pass'> | 'fail or inconclusive';
  /** Where to look if the check does not hold, and what the cause may be. */
  readonly look: string;
  /** Why a check that can fail may also be inconclusive. */
  readonly open?: string;
}

const NOTHING_COMMITTED = 'No answer committed a lease. The reasons for refusals are in the report.';

/**
 * Every check that is always on. The cases of a run decide which of them the run has. Captures and logs have no run
 * directory and no nodes, so `RECORDED_MEANINGS` says where their reader looks.
 */
export const CHECK_MEANINGS: Readonly<Record<CheckName, CheckMeaning>> = {
  'conformance.heldConcurrently': {
    requires:
      'No lease is held by two clients at the same time, as far as the clients know. Every committing answer in time counts: of all attempts, also extra ones. A late answer makes a lease possibly held, which is a figure of its own.',
    otherwise: 'fail',
    look: 'The witnesses on the page and in `witnesses.jsonl`: clients, servers, times, and the row on every node.',
    open: NOTHING_COMMITTED,
  },
  'conformance.overlappingLeases': {
    requires: 'No lease lies inside a prefix that another client holds at the same time.',
    otherwise: 'fail',
    look: 'The witnesses on the page and in `witnesses.jsonl`.',
    open: NOTHING_COMMITTED,
  },
  'conformance.wrongClient': {
    requires:
      'No committing answer that gives a lease bears the identity of another client than the one that asked.',
    otherwise: 'fail',
    look: 'Witnesses of the kind `wrong-client`.',
  },
  'conformance.wrongServer': {
    requires:
      'No committing answer that gives a lease comes from another server than the client asked, or has a server identifier (option 54, or DUID) other than the one in the request. A server must ignore a REQUEST that names another server (RFC 2131 section 4.3.2, RFC 8415 section 16.4), and the client would renew and release the lease at the wrong server. The lease counts as held nevertheless. Not made for captures and logs, where a client may have asked several servers at once.',
    otherwise: 'fail',
    look: 'Witnesses of the kind `wrong-server`: the client, the lease, and the server whose address the answer came from.',
  },
  'conformance.secondLease': {
    requires: 'No server commits itself to two leases for one request.',
    otherwise: 'fail',
    look: 'Witnesses of the kind `extra-answer`: both leases, and their rows.',
  },
  'conformance.declinedReused': {
    requires:
      'No client, not even its own, is given a declined lease during `kea.declineProbationPeriod`. Made only if clients declined leases.',
    otherwise: 'fail',
    look: 'Witnesses of the kind `declined-reused`: who declined it and when, who was given it, and the row on every node. Servers log `DHCP4_DECLINE_FAIL` where they could not store it.',
  },
  'conformance.reserved': {
    requires:
      'Every answer that gives a lease to a client with a host reservation gives it the lease that is reserved for it, whichever server answers; and no other client gets that lease. A client that has declined its address may get another one. Made only with `kea.reservedClients`.',
    otherwise: 'fail',
    open: 'No client with a reservation got its lease.',
    look: "The message names clients, leases and servers. The server's log in `logs/` says how it looked for reservations; the reservations are in the tables `hosts` and `ipv6_reservations`.",
  },
  'conformance.leaseKept': {
    requires:
      'No answer to a renewal takes away or changes a lease that its client holds, at whichever server it asks: no NAK, no NoBinding, no lifetime of zero, no other lease. A lease within two seconds of its end is not judged, as the tables have whole seconds. In a run with faults, a refusal by a server that had no database is counted as `faults.renewalsRefused` instead, and the lease must still be stored at the end. Made only where clients renew (`load.life`, `load.fanout`).',
    otherwise: 'fail',
    look: 'Witnesses of the kind `not-kept`: what the client held, what it was given instead, and the row on every node.',
    open: 'No renewal was answered.',
  },
  'run.deaths': {
    requires: 'No server and no node ends unless the run stops it.',
    otherwise: 'fail',
    look: 'Its log in `logs/` of the run directory; its last lines are also in `run.log`.',
  },
  'run.interrupted': {
    requires: 'The run ends by itself and not by Ctrl-C or a signal.',
    otherwise: 'inconclusive',
    look: 'What was observed until then is judged; run it again.',
  },
  'run.endedEarly': {
    requires: 'The whole load is driven.',
    otherwise: 'inconclusive',
    look: 'The message names what ended it, such as a node that could no longer be reached.',
  },
  'run.drops': {
    requires:
      'No datagram is dropped at the sockets of servers and harness (`limits.maxDroppedDatagrams`, and by themselves those of the servers by `limits.maxDroppedAtServers`).',
    otherwise: 'inconclusive',
    look: 'Lower `load.ratePerServer`, or give the machine larger receive buffers (`net.core.rmem_max`).',
  },
  'run.sendErrors': {
    requires: 'Every datagram can be sent.',
    otherwise: 'inconclusive',
    look: "The machine's own network: routes, packet filter, full queues.",
  },
  'run.memory': {
    requires: 'The harness stays within `limits.maxMemoryMiB`, until the run is judged.',
    otherwise: 'inconclusive',
    look: 'Fewer clients or a shorter load; the page shows its memory over the load.',
  },
  'run.memoryGrowth': {
    requires:
      'If `limits.maxMemoryGrowthPercent` is set: the memory of the harness grows by no more than that from the first half of the load to the second.',
    otherwise: 'inconclusive',
    look: 'The harness stores each new client. With returning clients its memory should not grow.',
  },
  'load.answered': {
    requires: 'At least `limits.minAnsweredPercent` of the transactions of the first phase get an answer.',
    otherwise: 'inconclusive',
    look: "The servers' logs, and the timeouts by server; a server that is too slow for the rate, or that does not know the subnet.",
  },
  'load.committed': {
    requires: 'At least one lease is committed.',
    otherwise: 'inconclusive',
    look: 'Without one, finding no duplicates says nothing. The reasons of refusal are in the report.',
  },
  'load.rate': {
    requires: 'The clients start at no less than `limits.minRatePercent` of the planned rate.',
    otherwise: 'inconclusive',
    look: 'The finding names what was short. If it is the CPU: use a lower rate, or a machine that runs nothing else.',
  },
  'load.lateness': {
    requires: '99% of the starts are sent within `limits.maxStartLatenessMs` of their time.',
    otherwise: 'inconclusive',
    look: 'See `load.rate`. Aligned arrival is aligned only if this check holds.',
  },
  'load.acts': {
    requires: 'At least `limits.minActsPercent` of the acts that were due by `load.life` are made.',
    otherwise: 'inconclusive',
    look: 'No client with a lease was free at those times. Use lower rates, more clients, or more leases.',
  },
  'commits.told': {
    requires:
      'Each lease that was committed for a client of the run was given to that client by an answer, unless a request of the client was not answered, or a fault kept its server from the node. Not made where offers store leases (`kea.offerLifetime`), and in a run that was cut off.',
    otherwise: 'fail',
    look: 'The findings show the changes of the lease on each node. The client believes that it has no lease, or another one, and the lease is lost to all others until it expires.',
  },
  'servers.clocks': {
    requires:
      'The times of servers that share leases are at most `limits.maxClockDifferenceMs` apart, beyond the uncertainty. Each time is worked out from the second in which the server wrote its rows (`expire` less the valid lifetime), against the moments when the request was sent and the answer came; where it has no such rows, from its log. Kea writes expiry times in its local time, so a server in another time zone fails too. Made where the times of two such servers are known.',
    otherwise: 'fail',
    look: 'The times of the servers on the page and with `--verbose`; then the clock and the time zone of that server.',
  },
  'load.lost': {
    requires:
      'Every answer that Kea says it sent arrives. Not made for a run with faults: a server that was frozen may answer when nobody listens any more.',
    otherwise: 'inconclusive',
    look: 'Answers were lost on the way; see `run.drops`.',
  },
  'audit.made': {
    requires:
      'The lease tables are read through every running node, and so are the counters of every running server.',
    otherwise: 'inconclusive',
    look: 'The message names what could not be read, and why. What was lost with a node or server that died is named too; `run.deaths` fails for that.',
  },
  'commits.made': {
    requires: 'The changes of leases are read from the binary log of every node.',
    otherwise: 'inconclusive',
    look: 'The message names the node whose log could not be read, and why.',
  },
  'commits.order': {
    requires:
      'The owners of each lease follow each other in the same way on every node, also around a fault.',
    otherwise: 'fail',
    open: 'There are no changes.',
    look: 'The findings show the changes of the lease on each node, in the order of its commits. What a node lacks because it got its data by a full state transfer is named as a gap, and not judged.',
  },
  'commits.owners': {
    requires:
      'No lease gets another owner before it expired, was released or was declined. A lease whose row was removed counts if its client still held it when another client got it.',
    otherwise: 'fail',
    open: 'There are no changes.',
    look: 'The findings show who had the lease before and after each change, and through which node it was made.',
  },
  'commits.answers': {
    requires:
      'Each lease that a client was given had been committed before the answer came, on the node of the server that gave it, and anew if the client had given it back. The client was told a lifetime that was committed, or what is left of one.',
    otherwise: 'fail',
    open: 'There are no changes.',
    look: 'The findings show the answer beside the changes of the lease. A commit counts as early enough as long as it may have been, as far as its time is known.',
  },
  'audit.sameRows': {
    requires: 'Every node has the same rows.',
    otherwise: 'fail or inconclusive',
    look: 'Fail once the nodes had come to rest; inconclusive where they had not.',
  },
  'audit.stored': {
    requires: 'Every lease that a client relies on has a live row.',
    otherwise: 'fail',
    open: 'In a run with faults, no lease was live at the end.',
    look: 'A server answered and its lease is not in the table: the findings name client, server and nodes.',
  },
  'audit.identity': {
    requires: 'The row of a lease is that of the client it was given to.',
    otherwise: 'fail',
    look: 'The findings show the row beside the client.',
  },
  'audit.expiry': {
    requires: 'A row ends when the answer said it would.',
    otherwise: 'fail',
    look: 'Clocks of servers and nodes, and settings that change lifetimes.',
  },
  'audit.untold': {
    requires: 'Every live row belongs to a lease that a client was told of.',
    otherwise: 'fail',
    look: 'A lease was stored and its answer never sent. Inconclusive where not all was observed.',
  },
  'audit.pools': {
    requires: 'Every live row lies in the configured pools and has the configured length.',
    otherwise: 'fail',
    look: "The servers' configuration in `logs/`; for servers of your own, `external.subnets`.",
  },
  'audit.oneLease': {
    requires: 'No client has several live leases for one IAID and subnet.',
    otherwise: 'fail',
    look: 'The findings name the client and its rows.',
  },
  'audit.givenBack': {
    requires:
      'What a DHCPv6 server confirmed is in every lease table: a released lease is no longer live for its client, and a declined lease is declined. Made only if clients released or declined leases.',
    otherwise: 'fail',
    look: 'The findings name the client and its rows. DHCPv4 servers confirm nothing, so there only the reuse of declined leases is judged.',
  },
  'audit.counters': {
    requires: 'Clients receive no more answers from a server than it says it sent.',
    otherwise: 'fail',
    look: 'Somebody else answers in its place, or its statistics were reset.',
  },
  'audit.statistics': {
    requires:
      "The tables in which the triggers of Kea's schema count leases (`lease4_stat`, `lease6_stat`, and those by pool since schema 18) say what the rows of the same snapshot say, on every node: by subnet, type and state, and by pool where the table does. Not made where no such table could be read.",
    otherwise: 'fail',
    look: 'The message names table, node and subnet. Rows were written without the triggers: by an import, by a restore, or by a node that skipped part of a transaction. `kea-admin stats-recount mysql` counts anew.',
  },
  'faults.done': {
    requires:
      'Each fault of the scenario takes place and is undone, and the evidence tells so. Made only for a run with `faults` or `randomFaults`.',
    otherwise: 'inconclusive',
    look: 'The message names the fault. The log of its node or server is in `logs/`; `cluster.startTimeoutMs` and `kea.startTimeoutMs` limit how long the undoing may take.',
  },
  'faults.minorityCommits': {
    requires:
      'No server gives a lease while its node is outside the primary component. A node is outside if it says so. It is outside too if it calls itself primary and lost half of its last view or more, without those that left in order; or if it calls itself primary while another component, which it is no part of, does the same and has the majority of the last view that both had in common. A lease counts if its request was first sent after the node was seen outside, and its answer came before the node was last seen there. Answers to earlier requests, and renewals, which Kea may answer without its database, are counted apart. Not made where nodes do not replicate, or servers are not pinned to nodes.',
    otherwise: 'fail',
    open: 'Nobody saw the state of a node.',
    look: 'Witnesses of the kind `minority-commit`: the client, the lease, and the server. A node that takes writes without a quorum has `pc.ignore_quorum` or `pc.ignore_sb` set, or was bootstrapped by hand.',
  },
  'faults.servedAgain': {
    requires:
      'Once a fault is undone and the node of a server is ready, the server offers or gives leases again. It fails if clients ask it in vain for ten seconds and `kea.leaseDatabase.reconnectWaitTime`, and no other fault begins meanwhile. Where its link to its node was cut, it has as much longer as that lasted. A server that ended is told of by `run.deaths` or among the faults. Not made where nobody asks for so long, or where `load.beyondPool` leaves servers without leases.',
    otherwise: 'fail',
    look: "The server's log in `logs/`: whether it reached its database again.",
  },
  'source.complete': {
    requires: 'All that was recorded is there.',
    otherwise: 'inconclusive',
    look: 'The check names what is missing. Of a killed run, `run.log` says how far it came. A journal that was cut after its run may be whole in a copy.',
  },
};
