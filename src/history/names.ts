/** More characters than any name of a series needs. A name is a setting, so it may have thousands. */
export const NAME_CHARACTERS = 160;

/** The beginning of a text that is too long. */
export function shortened(text: string, characters = NAME_CHARACTERS): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}

/** Such as `published-galera, --quick`. */
export function seriesName({ name, settings }: { name: string; settings: string }): string {
  return settings === '' ? name : `${name}, ${settings}`;
}
