import type { Result } from '../../results/result.js';

/** The versions of a run by name, in the order in which they are shown. */
export function versionsOf({
  environment,
  tool,
}: Pick<Result, 'environment' | 'tool'>): Record<string, string> {
  if (environment === null) return { [tool.name]: tool.version };
  const { kea, database, proxy, node, cpus } = environment;
  return {
    Kea: kea.version,
    database: database.version,
    ...(database.wsrepProvider === '' ? {} : { 'wsrep provider': database.wsrepProvider }),
    ...(typeof proxy === 'string' ? { proxy } : {}),
    [tool.name]: tool.version,
    'Node.js': node,
    CPUs: String(cpus),
  };
}
