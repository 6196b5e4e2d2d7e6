// What several scripts put into the page.

export function link(text, address) {
  const element = document.createElement('a');
  element.href = address;
  element.textContent = text;
  return element;
}

export function number(value) {
  return value.toLocaleString('en-US');
}
