// What a reader does with pointer, wheel and keys.
import { moved, zoomed } from './view.js';

/** A pointer that moved less than this was meant to stay. */
const STILL = 4;

/**
 * @param area the element to listen at
 * @param port what the reader can change: `view()`, `show(view)`, `limits`, `point(x, y)`, `choose(x, y)`, `step(by)`
 */
export function listen(area, port) {
  const share = (clientX) => {
    const { left, width } = area.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const zoom = (factor, at) => port.show(zoomed(port.view(), factor, at, port.limits));
  const move = (by) => port.show(moved(port.view(), by, port.limits));
  wheel(area, port, { share, zoom, move });
  pointers(area, port, { share, zoom, move });
  const keys = {
    '+': () => zoom(1 / 2, 0.5),
    '=': () => zoom(1 / 2, 0.5),
    '-': () => zoom(2, 0.5),
    ArrowLeft: () => move(-0.25),
    ArrowRight: () => move(0.25),
    ArrowUp: () => port.step(-1),
    ArrowDown: () => port.step(1),
    Home: () => port.show(port.limits),
    Escape: () => port.choose(-1, -1),
  };
  area.addEventListener('keydown', (event) => {
    const does = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (does === undefined) return;
    event.preventDefault();
    does();
  });
  return { zoom, move };
}

function wheel(area, port, { share, zoom, move }) {
  area.addEventListener(
    'wheel',
    (event) => {
      const { width } = area.getBoundingClientRect();
      const before = port.view();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        move((event.deltaX || event.deltaY) / width);
      else zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 200), share(event.clientX));
      // At the whole run the page scrolls on.
      const after = port.view();
      if (after.from !== before.from || after.until !== before.until) event.preventDefault();
    },
    { passive: false },
  );
}

function pointers(area, port, { share, zoom, move }) {
  const down = new Map();
  let hasMoved = false;
  const apart = () => {
    const [one, other] = [...down.values()];
    return Math.max(20, Math.abs(one.x - other.x));
  };
  area.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (down.size === 0) hasMoved = false;
    down.set(event.pointerId, { x: event.clientX, y: event.clientY, startX: event.clientX });
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener('pointermove', (event) => {
    const own = down.get(event.pointerId);
    if (own === undefined) {
      const { left, top } = area.getBoundingClientRect();
      port.point(event.clientX - left, event.clientY - top);
      return;
    }
    if (Math.abs(event.clientX - own.startX) > STILL) hasMoved = true;
    const distance = down.size === 2 ? apart() : 0;
    const by = event.clientX - own.x;
    own.x = event.clientX;
    if (!hasMoved) return;
    port.point(-1, -1);
    if (down.size === 2) {
      const [one, other] = [...down.values()];
      zoom(distance / apart(), share((one.x + other.x) / 2));
    } else move(-by / area.getBoundingClientRect().width);
  });
  const up = (event) => {
    if (!down.delete(event.pointerId) || hasMoved || event.type !== 'pointerup') return;
    const { left, top } = area.getBoundingClientRect();
    port.choose(event.clientX - left, event.clientY - top);
  };
  area.addEventListener('pointerup', up);
  area.addEventListener('pointercancel', up);
  area.addEventListener('pointerleave', () => port.point(-1, -1));
}
