/** Functions for the page: the contrast of two colours (WCAG 2.2, 1.4.3). A canvas puts colours over each other. */
const COLOURS = `
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const over = (colours) => {
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (one, other) => {
    const [less, more] = [light(over(one)), light(over(other))].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };`;

/**
 * Texts of charts with less contrast than 4.5 to the shapes below them. Of hatching, each colour is taken by itself. axe does
 * not tell it of texts in drawings.
 */
export const ILLEGIBLE_IN_CHARTS = `(() => {
  ${COLOURS}
  const colours = (shape) => {
    const { fill } = getComputedStyle(shape);
    const pattern = /^url\\("?#([^")]*)/.exec(fill)?.[1];
    if (pattern === undefined) return [fill === 'none' ? 'transparent' : fill];
    return [...document.querySelectorAll('#' + pattern + ' > *')].map((part) => getComputedStyle(part).fill);
  };
  const groundOf = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor;
  };
  return [...document.querySelectorAll('svg[role="img"]')].flatMap((svg) => [...svg.querySelectorAll('text')].flatMap((text) => {
    const { left, top, width, height } = text.getBoundingClientRect();
    if (width === 0 || getComputedStyle(text).display === 'none') return [];
    const [x, y] = [left + 2, top + height / 2];
    const below = [...svg.querySelectorAll('rect, circle')].filter((shape) => {
      const box = shape.getBoundingClientRect();
      const isBefore = (shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      return isBefore && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    });
    const grounds = below.reduce((all, shape) => all.flatMap((one) =>
      colours(shape).map((colour) => [...one, colour])), [[groundOf(svg)]]);
    const own = getComputedStyle(text).fill;
    const least = Math.min(...grounds.map((ground) => contrast(ground, [...ground, own])));
    return least < 4.5 ? [text.textContent + ' ' + least.toFixed(1)] : [];
  }));
})()`;

/** The colours of lines, bars and edges that don't stand out from the ground of charts by 3 (WCAG 2.2, 1.4.11). */
export const FAINT_COLOURS = `(() => {
  ${COLOURS}
  const style = getComputedStyle(document.documentElement);
  const ground = style.getPropertyValue('--raised');
  return ['accent', 'second', 'pass', 'fail', 'inconclusive', 'quiet', 'text']
    .filter((name) => contrast([ground], [style.getPropertyValue('--' + name)]) < 3);
})()`;
