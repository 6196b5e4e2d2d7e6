/** `--anonymise`, for each command whose output a user may share. */
export const anonymiseOption = {
  type: 'boolean',
  default: false,
  describe:
    'replace what tells of people and machines, with a key that is made for this once: addresses, prefixes, hardware addresses, client identifiers, DUIDs, IAIDs, names of hosts, servers, files and scenarios, paths, and words of logs; leave out seed and command line. Equal ones stay equal, and what lay in a prefix lies in one. Times, counts, figures, verdicts and versions are kept',
} as const;
