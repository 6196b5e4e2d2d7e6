import { randomUUID } from 'node:crypto';

/**
 * The primary component that each node believes it was in when it "last stopped" (Galera's `gvwstate.dat`).
 *
 * All nodes start from copies of one data directory, so none has anything to transfer. Told by this file that they
 * were together, they form the primary component as soon as they see each other (`pc.recovery`, on by default),
 * instead of one being bootstrapped and the others joining it one by one: 2 s instead of 8 to 10 s for three nodes.
 */
export function savedPrimaryComponents(nodes: number): string[] {
  const members = Array.from({ length: nodes }, () => randomUUID()).sort();
  const view = members.map((member) => `member: ${member} 0`).join('\n');
  return members.map(
    (self) => `my_uuid: ${self}\n#vwbeg\nview_id: 3 ${members[0] ?? self} 1\nbootstrap: 0\n${view}\n#vwend\n`,
  );
}
