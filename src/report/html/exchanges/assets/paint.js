// Draws the timeline. A canvas draws thousands of bars in a few milliseconds; as elements of an SVG they would take a
// hundred times as long. What it shows is also in the tables below it.
import { LAYERS, layerOf } from './columns.js';
import { ticksOf } from './view.js';

const AXIS = 22;
const TOP = 16;
const LABEL = 15;
/** The lanes share this height, within bounds. */
const ALL_LANES = 560;

/** Where things are, in pixels of the page. */
export function placesOf(width, lanes) {
  const lane = Math.round(Math.min(180, Math.max(46, ALL_LANES / lanes)));
  return {
    width,
    lane,
    height: TOP + lanes * lane + AXIS,
    /** Top and bottom of what a lane draws below its label. */
    room: (index) => [TOP + index * lane + LABEL, TOP + (index + 1) * lane - 4],
  };
}

/**
 * @param scene the model, the view, the places, the colours, and what to draw: `requests` with their `tracks`, or
 * `columns`
 * @returns the boxes that a reader can point at, the topmost last
 */
export function painted(context, scene) {
  const { model, view, places, colours } = scene;
  const x = (us) => ((us - view.from) / (view.until - view.from)) * places.width;
  context.clearRect(0, 0, places.width, places.height);
  context.font = `11px ${colours.font}`;
  happened(context, scene, x);
  model.lanes.forEach((name, index) => {
    const top = TOP + index * places.lane;
    context.fillStyle = colours.line;
    context.fillRect(0, top, places.width, 1);
    context.fillStyle = colours.text;
    context.fillText(name, 6, top + 12);
  });
  axis(context, scene, x);
  return scene.columns === undefined ? bars(context, scene, x) : columnBars(context, scene, x);
}

function axis(context, { model, view, places, colours }, x) {
  const y = TOP + model.lanes.length * places.lane;
  context.fillStyle = colours.line;
  context.fillRect(0, y, places.width, 1);
  for (const { at, text } of ticksOf(view, model.zero, Math.max(2, places.width / 110))) {
    context.fillStyle = colours.line;
    context.fillRect(Math.round(x(at)), TOP, 1, y - TOP + 4);
    context.fillStyle = colours.quiet;
    const width = context.measureText(text).width;
    context.fillText(text, Math.min(places.width - width - 2, Math.max(2, x(at) - width / 2)), y + 16);
  }
}

/** Faults as shades, moments as dashed lines, with as many labels as there is room for. */
function happened(context, { model, places, colours, view }, x) {
  const bottom = TOP + model.lanes.length * places.lane;
  let free = 0;
  const label = (at, text, colour) => {
    const left = Math.max(2, x(at) + 3);
    const width = context.measureText(text).width;
    if (left < free || left + width > places.width) return;
    context.fillStyle = colour;
    context.fillText(text, left, 11);
    free = left + width + 10;
  };
  for (const { parts, label: text } of model.faults) {
    for (const { look, from, until } of parts) {
      context.fillStyle = look === 'in-place' ? colours.fault : colours.changing;
      context.fillRect(x(from), TOP, Math.max(1, x(until) - x(from)), bottom - TOP);
    }
    if (parts[0].from <= view.until && parts.at(-1).until >= view.from)
      label(parts[0].from, text, colours.fail);
  }
  for (const { at, label: text } of model.moments) {
    if (at < view.from || at > view.until) continue;
    context.strokeStyle = colours.quiet;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(Math.round(x(at)) + 0.5, TOP);
    context.lineTo(Math.round(x(at)) + 0.5, bottom);
    context.stroke();
    context.setLineDash([]);
    label(at, text, colours.quiet);
  }
}

function bars(context, scene, x) {
  const { model, requests, tracks, places, colours, isChosen, selected } = scene;
  const most = model.lanes.map(() => 1);
  for (const request of requests) {
    const { lane } = model.series[request.series];
    most[lane] = Math.max(most[lane], tracks.get(request.id) + 1);
  }
  const boxes = [];
  for (const request of requests) {
    const its = model.series[request.series];
    const [top, bottom] = places.room(its.lane);
    const height = Math.min(11, (bottom - top) / most[its.lane]);
    const y = top + tracks.get(request.id) * height;
    const left = Math.max(-2, x(request.from));
    const right = Math.min(places.width + 2, x(Math.min(request.until, scene.limits.until)));
    const box = { request, left, right: Math.max(right, left + 2), top: y, bottom: y + height };
    context.globalAlpha = isChosen(request) ? 1 : 0.18;
    bar(context, scene, box, its);
    boxes.push(box);
  }
  context.globalAlpha = 1;
  const ring = boxes.find(({ request }) => request.id === selected);
  if (ring !== undefined) {
    context.strokeStyle = colours.text;
    context.lineWidth = 2;
    context.strokeRect(ring.left - 2, ring.top - 1, ring.right - ring.left + 4, ring.bottom - ring.top + 1);
    context.lineWidth = 1;
  }
  return boxes;
}

function bar(context, { model, colours }, { request, left, right, top, bottom }, its) {
  const outcome = model.outcomes[request.outcome];
  const layer = layerOf(model, its, outcome);
  const [width, height] = [right - left, Math.max(1, bottom - top - 1)];
  if (layer === 'unanswered' || layer === 'late') {
    // Hollow, and open to the right where the time was not up.
    context.fillStyle = colours.hollow;
    context.fillRect(left, top, width, height);
    context.fillStyle = colours[its.kind];
    context.fillRect(left, top, Math.min(2, width), height);
    // On a thin bar, a line would hide that it is hollow.
    if (height >= 4) {
      context.fillStyle = colours.quiet;
      context.fillRect(left, top + height - 1, width, 1);
    }
    if (layer === 'late') ring(context, right, top, height, colours);
    else if (Number.isFinite(request.until)) cross(context, right, top, height, colours.quiet);
  } else {
    context.fillStyle = colours[its.kind];
    context.fillRect(left, top, width, height);
    if (layer === 'refused') cross(context, right, top, height, colours.fail);
  }
  if (request.isShared && its.kind === 'offer' && height >= 4) {
    context.fillStyle = colours.raised;
    context.fillRect(left + 1, top + height / 2 - 0.5, Math.max(0, width - 2), 1);
  }
  const usWidth = width / Math.max(1, Math.min(request.until, 1e15) - request.from);
  for (const { after } of request.further) {
    context.fillStyle = colours.text;
    context.fillRect(left + after * usWidth, top, 1.5, height);
  }
  if (request.witnessed.length > 0) diamond(context, right, top + height / 2, colours);
}

function cross(context, x, top, height, colour) {
  const size = Math.min(4, Math.max(2, height / 2));
  const y = top + height / 2;
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.stroke();
  context.lineWidth = 1;
}

/** A late answer. */
function ring(context, x, top, height, colours) {
  context.beginPath();
  context.arc(x, top + height / 2, Math.min(4, Math.max(2, height / 2)), 0, 2 * Math.PI);
  context.fillStyle = colours.raised;
  context.fill();
  context.strokeStyle = colours.late;
  context.lineWidth = 2;
  context.stroke();
  context.lineWidth = 1;
}

function diamond(context, x, y, colours) {
  context.beginPath();
  context.moveTo(x, y - 6);
  context.lineTo(x + 6, y);
  context.lineTo(x, y + 6);
  context.lineTo(x - 6, y);
  context.closePath();
  context.fillStyle = colours.fail;
  context.fill();
  context.strokeStyle = colours.raised;
  context.stroke();
}

function columnBars(context, { columns, places, colours }, x) {
  const highest = Math.max(1, ...columns.lanes.flatMap((lane) => lane.map(({ all }) => all)));
  const boxes = [];
  columns.lanes.forEach((lane, index) => {
    const [top, bottom] = places.room(index);
    lane.forEach((column, number) => {
      const from = columns.from + number * columns.width;
      const [left, right] = [x(from), x(from + columns.width)];
      const gap = right - left > 3 ? 1 : 0;
      let y = bottom;
      for (const layer of LAYERS) {
        const count = column[layer] ?? 0;
        if (count === 0) continue;
        const height = Math.max(1, (count / highest) * (bottom - top));
        y -= height;
        context.fillStyle =
          layer === 'unanswered' ? colours.hollow : layer === 'refused' ? colours.fail : colours[layer];
        context.fillRect(left, y, Math.max(1, right - left - gap), height);
        if (layer !== 'unanswered') continue;
        context.fillStyle = colours.quiet;
        context.fillRect(left, y, Math.max(1, right - left - gap), 1);
      }
      if ((column.witnessed ?? 0) > 0) diamond(context, (left + right) / 2, Math.max(top, y - 2), colours);
      if (column.all > 0 || (column.unmatched ?? 0) > 0)
        boxes.push({ column, from, until: from + columns.width, left, right, top: top - LABEL, bottom });
    });
  });
  return boxes;
}
