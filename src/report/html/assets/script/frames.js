// Frames that scroll sideways.

/** A frame shows at its edge that there is more to the right of it. */
export function showsMore(frame) {
  const look = () => {
    const more = frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1;
    frame.classList.toggle('more', more);
  };
  frame.addEventListener('scroll', look, { passive: true });
  new window.ResizeObserver(look).observe(frame);
}
