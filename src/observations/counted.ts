/** How a sentence shows a number: such as `357`, `12,345`. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 answer is`, `2,000 answers are` */
export function counted(count: number, one: string, more: string): string {
  return `${number(count)} ${count === 1 ? one : more}`;
}

/** `12 of 1,357` */
export function outOf(part: number, whole: number): string {
  return `${number(part)} of ${number(whole)}`;
}
