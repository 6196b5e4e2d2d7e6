import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import type { LeaseRow } from '../../results/audit.js';
import type { Judgement } from '../../results/judgement.js';
import { AuditedRun, NODES } from '../audit/audit.test-support.js';
import type { CommitsInput } from './input.js';

type Change = Partial<Omit<LeaseChange, 'row'>>;

/** A made-up run whose nodes tell what they committed. All nodes tell the same, unless a node is named. */
export class CommittedRun extends AuditedRun {
  readonly #changes = new Map<string, LeaseChange[]>(NODES.map((node) => [node, []]));
  readonly #cutOff: string[] = [];
  readonly #files = new Map<string, number>();

  /** A change that each node wrote at `atUs`. */
  committed(atUs: number, row: LeaseRow, change: Change = {}, nodes: readonly string[] = NODES): this {
    for (const node of nodes) {
      const its = this.#changes.get(node) ?? [];
      const times = { afterUs: atUs, byUs: atUs };
      its.push({ file: 1, end: its.length + 1, ...times, serverId: 1, kind: 'insert', row, ...change });
    }
    return this;
  }

  /** A node was started again, and wrote a new file of its log since. */
  startedAgain(node: string): this {
    this.#files.set(node, (this.#files.get(node) ?? 1) + 1);
    return this;
  }

  /** The log of every node ends before its time. */
  cutOff(): this {
    this.#cutOff.push('the log ends too early');
    return this;
  }

  judgeCommits(): Judgement {
    const cutOff = this.#cutOff.length === 0 ? {} : { cutOff: this.#cutOff };
    const commits: CommitsInput = {
      nodes: NODES.map((name, index) => {
        const rows = this.#changes.get(name)?.length ?? 0;
        const file = `commit-history/${name}.jsonl`;
        return {
          name,
          serverId: index + 1,
          changes: { seen: { rows, file, digest: '', files: this.#files.get(name) ?? 1, ...cutOff } },
        };
      }),
      changes: (node) => this.#changes.get(node) ?? [],
    };
    return this.judge({}, {}, { commits });
  }
}
