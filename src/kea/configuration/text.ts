/** The keys whose numbers Kea reads as floating point. It refuses an integer there (Kea's grammar, `dhcp4_parser.yy`). */
const FLOATING = [
  'adaptive-lease-time-threshold',
  'cache-threshold',
  'ddns-ttl-percent',
  't1-percent',
  't2-percent',
];

/** A quote inside a text has a backslash before it, so a text never looks like a key. */
const WHOLE = new RegExp(`("(?:${FLOATING.join('|')})": ?-?\\d+)(?=[,}\\s])`, 'g');

/** A configuration as the text that Kea reads: JSON, with a decimal point wherever Kea wants one. */
export function configurationText(configuration: object, indent = 0): string {
  return JSON.stringify(configuration, null, indent).replace(WHOLE, '$1.0');
}
