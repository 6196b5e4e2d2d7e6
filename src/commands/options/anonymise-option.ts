/** `--anonymise`, for each command whose output a user may share. */
export const anonymiseOption = {
  type: 'boolean',
  default: false,
  describe:
    'replace everything that identifies people and machines, with a new random key: addresses, prefixes, hardware addresses, client identifiers, DUIDs, IAIDs, names of hosts, servers, files and scenarios, paths, and words of logs. Remove seed and command line. Equal values stay equal, and an address stays inside its prefix. Times, counts, figures, verdicts and versions are kept',
} as const;
