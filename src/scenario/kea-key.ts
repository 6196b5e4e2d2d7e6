/** The key of Kea's configuration for a key of a scenario: `hold-reclaimed-time` for `holdReclaimedTime`. */
export function keaKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
