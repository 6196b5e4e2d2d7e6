import type { PackageSystem, PlanPart } from './cluster-plan.js';

export function paragraph(text: string): PlanPart {
  return { kind: 'text', text };
}

/** Commands for a root shell. */
export function shell(text: string, system?: PackageSystem): PlanPart {
  return { kind: 'block', language: 'sh', text, ...(system === undefined ? {} : { system }) };
}

/** The same step for both kinds of system, each with its own commands. */
export function eachSystem(text: (system: PackageSystem) => string): PlanPart[] {
  return [shell(text('deb'), 'deb'), shell(text('rpm'), 'rpm')];
}

/** The shell command that asks a node for its status, as the article does. */
export function statusQuestion(client: string): string {
  return `${client} --execute="SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_cluster_size', 'wsrep_cluster_status', 'wsrep_local_state_comment', 'wsrep_ready')"`;
}
