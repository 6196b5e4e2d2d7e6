import { randomUUID } from 'node:crypto';

/**
 * The primary component that each node believes it was in when it "last stopped" (Galera's `gvwstate.dat`).
 *
 * All nodes start from copies of one data directory, so no state need be transferred. This file tells each node that
 * all of them were together before. They then form the primary component as soon as they see each other
 * (`pc.recovery`, on by default). No node has to be bootstrapped for the others to join one by one. For three nodes
 * this takes 2 s instead of 8 to 10 s.
 */
export function savedPrimaryComponents(nodes: number): string[] {
  const members = Array.from({ length: nodes }, () => randomUUID()).sort();
  const view = members.map((member) => `member: ${member} 0`).join('\n');
  return members.map(
    (self) => `my_uuid: ${self}\n#vwbeg\nview_id: 3 ${members[0] ?? self} 1\nbootstrap: 0\n${view}\n#vwend\n`,
  );
}
