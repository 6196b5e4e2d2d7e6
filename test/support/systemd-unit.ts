/** The assignments of a unit file (systemd.syntax(7)) by section and name, in their order. */
export type SystemdUnit = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Throws for a line that is neither a comment, a section nor an assignment. */
export function parseUnit(text: string): SystemdUnit {
  const unit: Record<string, Record<string, string[]>> = {};
  let section: Record<string, string[]> | undefined;
  for (const line of text.split('\n')) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const [, head] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (head !== undefined) {
      section = unit[head] ??= {};
      continue;
    }
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (section === undefined || name === undefined || value === undefined)
      throw new Error(`not of a unit: ${line}`);
    (section[name] ??= []).push(value);
  }
  return unit;
}
