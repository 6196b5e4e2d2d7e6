// Everything before the program itself goes to standard error: standard output is the program's.

const NEEDED = [20, 19];

export const EXIT_PREREQUISITE = 69;

export function say(message) {
  process.stderr.write(`${message}\n`);
}

export function fail(message, code) {
  say(message);
  process.exit(code);
}

/** Ends with exit code 69 on a Node that is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  fail(
    `This is Node ${process.versions.node}; kea-lease-conformance needs ${NEEDED.join('.')} or later: https://nodejs.org/`,
    EXIT_PREREQUISITE,
  );
}
