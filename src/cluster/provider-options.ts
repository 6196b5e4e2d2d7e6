/**
 * The options of the replication provider, by name, as a running node tells them in one text.
 *
 * @param told `wsrep_provider_options`, such as `evs.suspect_timeout = PT5S; gcs.fc_limit = 16; `
 */
export function providerOptions(told: string): ReadonlyMap<string, string> {
  return new Map(
    told.split(';').flatMap((option): [string, string][] => {
      const at = option.indexOf('=');
      return at < 0 ? [] : [[option.slice(0, at).trim(), option.slice(at + 1).trim()]];
    }),
  );
}
