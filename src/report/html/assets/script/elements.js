// What several scripts put into the page.

/** The places where names are broken: those of `breakable` in markup.ts. */
const LONG_NAMES = /(\S{20,})/;
const JOINTS = /(?<=[./_,])(?=[^./_,])|(?<=[a-z])(?=[A-Z])/;

/** The text with places where its long names can be broken: the same places as in the rows that the page came with. */
export function breakable(text) {
  return text
    .split(LONG_NAMES)
    .flatMap((part, place) =>
      place % 2 === 0
        ? [part]
        : part
            .split(JOINTS)
            .flatMap((piece, at) => (at === 0 ? [piece] : [document.createElement('wbr'), piece])),
    );
}

export function link(text, address) {
  const element = document.createElement('a');
  element.href = address;
  element.append(...breakable(text));
  return element;
}

export function number(value) {
  return value.toLocaleString('en-US');
}
