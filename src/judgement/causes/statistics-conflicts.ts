import { number } from '../../numbers.js';
import { traitsOfAllocator } from '../../scenario/allocators.js';
import type { Cause } from './cause.js';
import { LOST_RACE, messagesOf } from './log-counts.js';

const MESSAGES: ReadonlySet<string> = new Set(['ALLOC_ENGINE_V4_ALLOC_ERROR', 'ALLOC_ENGINE_V6_ALLOC_ERROR']);

export const statisticsConflicts: Cause = {
  title: 'conflicts on the statistics rows',
  meaning:
    "The triggers of Kea's schema count leases in one row of `lease4_stat` or `lease6_stat` for each subnet and state. Two nodes that give different leases of one subnet at the same moment both write that row, and one of them loses (error 1213).",
  versions: 'Every version of Kea with a MySQL schema up to 3.2.',
  upstream:
    '`src/share/database/scripts/mysql/dhcpdb_create.mysql` of Kea: `lease4_AINS_lease4_stat` and the other triggers.',
  shownBy:
    'Without renewals, faults, stored offers and a queue that servers share (`shared-flq`), the servers of a case logged more allocations that failed with error 1213 than there were answers of the first phase whose lease was offered to another client too. The others raced for no lease.',
  whatToDo:
    'Several subnets, or servers that are asked at different moments, make it rarer. A client that starts over gets its lease.',
  found: ({ cases, system, evidence, scenario }) =>
    // Offers that are stored race too, as do the rows of a shared queue, and a fault aborts statements.
    system.replicated &&
    evidence.faults === undefined &&
    scenario.kea?.offerLifetime === undefined &&
    ![scenario.kea?.allocator, scenario.kea?.pdAllocator].some((one) => traitsOfAllocator(one).byAllServers)
      ? cases.flatMap(({ figures, servers }) => {
          const [first] = figures.phases;
          // A renewal may race with another write of its own lease.
          if (first === undefined || first.committing || figures.renewals.judged > 0) return [];
          const { sharing } = first.allAttempts;
          const raced = Object.entries(sharing).reduce(
            (sum, [clients, leases]) => sum + (Number(clients) > 1 ? Number(clients) * leases : 0),
            0,
          );
          const logged = messagesOf(system, figures.name, MESSAGES, LOST_RACE);
          const errors = servers.reduce((sum, { name }) => sum + (logged(name) ?? 0), 0);
          if (errors <= raced) return [];
          return [
            {
              case: figures.name,
              explains: 'committing.refusals.clients',
              text: `${number(errors)} allocations failed with error ${LOST_RACE}, and only ${number(raced)} answers offered a lease that another client was offered too: at least ${number(errors - raced)} conflicts were not about a lease`,
            },
          ];
        })
      : [],
};
