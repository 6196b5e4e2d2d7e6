// The script of timeline.html. It draws the bins of the whole run, and loads the requests of a view that has few
// enough of them.
import { columnsOfBins, columnsOfRequests, estimated } from './columns.js';
import { listen } from './input.js';
import { painted, placesOf } from './paint.js';
import { partsIn, partStore } from './parts.js';
import { stacked } from './stack.js';
import { fillRequests, fillSums, sumsOf } from './tables.js';
import { chooserOf, LOADED_UP_TO, statusText } from './status.js';
import { fitted, hashOf, viewOfHash, viewOfText, viewText } from './view.js';
import { columnLines, linesOf, number } from './words.js';

/** Up to this many requests are drawn one by one. */
const SINGLE_UP_TO = 3_000;
const COLUMN_PIXELS = 5;
/** The tables follow a moving view at this distance. */
const TABLES_MS = 120;

start();

function start() {
  const element = (id) => document.getElementById(id);
  const model = JSON.parse(element('timeline-data').textContent);
  const refs = [];
  for (let at = 0; at < model.parts.length; at += 3)
    refs.push({ from: model.parts[at], until: model.parts[at + 1], requests: model.parts[at + 2] });
  const { limits } = model;
  const area = element('exchanges');
  const canvas = area.querySelector('canvas');
  const context = canvas.getContext('2d');
  const store = partStore(refs, plan);
  let view = limits;
  let clients = '';
  let selected;
  let boxes = [];
  let shown;
  let isPlanned = false;
  let hashTimer;
  let tablesTimer;
  let stack = { key: '', all: [], tracks: new Map() };

  const { zoom, move } = listen(area, { limits, view: () => view, show, point, choose, step });
  const does = {
    in: () => zoom(1 / 2, 0.5),
    out: () => zoom(2, 0.5),
    left: () => move(-0.5),
    right: () => move(0.5),
    whole: () => show(limits),
  };
  for (const [name, act] of Object.entries(does)) element(`timeline-${name}`).addEventListener('click', act);
  element('timeline-go').addEventListener('submit', (event) => {
    event.preventDefault();
    const wanted = viewOfText(element('timeline-time').value, model.zero);
    clients = element('timeline-client').value.trim();
    show(wanted ?? view);
  });
  for (const hidden of document.querySelectorAll('[data-script]')) hidden.hidden = false;
  window.addEventListener('hashchange', readHash);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', plan);
  new window.ResizeObserver(plan).observe(area);
  readHash();

  function readHash() {
    const wanted = viewOfHash(window.location.hash, model.zero);
    clients = wanted.clients;
    // The address may name a time outside the run, of which only a part is shown.
    show(wanted.view ?? limits, wanted.view !== undefined);
  }

  function show(wanted, isToBeTold = true) {
    view = fitted(wanted, limits);
    if (isToBeTold) {
      clearTimeout(hashTimer);
      // Browsers refuse too many changes of the address.
      hashTimer = setTimeout(() => {
        hashTimer = undefined;
        tellBusy();
        const hash = view.from === limits.from && view.until === limits.until && clients === '';
        window.history.replaceState(null, '', hash ? '#' : hashOf(view, model.zero, clients));
      }, 200);
    }
    plan();
  }

  function plan() {
    if (isPlanned) return;
    isPlanned = true;
    tellBusy();
    window.requestAnimationFrame(() => {
      isPlanned = false;
      draw();
    });
  }

  /** Assistive technology and tests wait until the view is drawn, told in the tables, and named by the address. */
  function tellBusy() {
    const isWaiting = [hashTimer, tablesTimer].some((timer) => timer !== undefined);
    area.setAttribute('aria-busy', String(isPlanned || isWaiting || shown?.isAwaited === true));
  }

  function draw() {
    const places = placesOf(area.clientWidth, model.lanes.length);
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(places.width * scale);
    canvas.height = Math.round(places.height * scale);
    canvas.style.height = `${places.height}px`;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    shown = whatToShow(places.width);
    boxes = painted(context, {
      ...{ model, view, places, limits, selected: selected?.id, colours: coloursOf(area) },
      ...shown,
      isChosen: chooserOf(model, clients),
    });
    const time = element('timeline-time');
    if (document.activeElement !== time) time.value = viewText(view, model.zero);
    clearTimeout(tablesTimer);
    tablesTimer = setTimeout(tell, TABLES_MS);
  }

  /** Single requests where they can be told apart, else columns of them, else columns of the run's bins. */
  function whatToShow(width) {
    const few = refs.length > 0 && estimated(model, view) <= LOADED_UP_TO;
    const { numbers, omitted } = few ? partsIn(refs, view, LOADED_UP_TO) : { numbers: [], omitted: 0 };
    const parts = store.wanted(numbers);
    const gone = numbers.filter((one) => store.missing.has(one));
    const reaches = refs.length > 0 && (model.without === 0 || view.from <= refs.at(-1).until);
    if (!few || parts.length < numbers.length || (numbers.length === 0 && !reaches)) {
      const pixels = (model.bins.bin / (view.until - view.from)) * width;
      const joined = Math.max(1, Math.ceil(COLUMN_PIXELS / pixels));
      const isAwaited = few && parts.length < numbers.length - gone.length;
      return { columns: columnsOfBins(model, view, joined), gone, isAwaited, few };
    }
    const { all, tracks } = stackOf(parts);
    const requests = all.filter(({ from, until }) => from <= view.until && until >= view.from);
    if (requests.length <= SINGLE_UP_TO) return { requests, tracks, omitted };
    const wide = ((view.until - view.from) / width) * COLUMN_PIXELS;
    return { requests, columns: columnsOfRequests(model, requests, view, wide), omitted };
  }

  /** The tracks of all loaded requests, so that a bar keeps its track while the view moves. */
  function stackOf(parts) {
    const key = parts.map((part) => part.number).join();
    if (stack.key !== key) {
      const all = parts.flatMap(({ requests }) => requests);
      stack = { key, all, tracks: stacked(all, ({ series }) => model.series[series].lane) };
    }
    return stack;
  }

  function tell() {
    const { requests } = shown;
    tablesTimer = undefined;
    element('timeline-status').textContent = statusText(model, view, shown);
    const client = element('timeline-client');
    if (document.activeElement !== client) client.value = clients;
    const chosen = requests?.filter(chooserOf(model, clients));
    fillSums(element('sums').querySelector('tbody'), model, sumsOf(model, { requests, view }));
    const rows = fillRequests(element('requests').querySelector('tbody'), model, chosen ?? [], (request) => {
      select(request);
      area.scrollIntoView({ block: 'nearest' });
    });
    element('requests-note').textContent =
      chosen === undefined
        ? 'Zoom in until single requests are loaded.'
        : chosen.length > rows
          ? `The first ${number(rows)} of ${number(chosen.length)}. Zoom in for the others.`
          : `${number(rows)} in view.`;
    tellBusy();
  }

  function boxAt(x, y) {
    const near = (box) => x >= box.left - 2 && x <= box.right + 2 && y >= box.top && y <= box.bottom;
    return boxes.findLast(near);
  }

  function point(x, y) {
    const tip = element('tip');
    const box = boxAt(x, y);
    tip.hidden = box === undefined;
    if (box === undefined) return;
    tip.textContent = textOf(box).join('\n');
    const { left, top } = area.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.min(Math.max(4, left + x + 14), window.innerWidth - width - 4)}px`;
    const above = top + box.top - height - 8;
    tip.style.top = `${above < 4 ? top + box.bottom + 8 : above}px`;
  }

  function textOf({ request, column, from, until }) {
    return request === undefined
      ? columnLines(column, viewText({ from, until }, model.zero))
      : linesOf(model, request);
  }

  function choose(x, y) {
    const box = boxAt(x, y);
    if (box !== undefined && box.request === undefined)
      element('chosen').textContent = textOf(box).join('; ');
    else select(box?.request);
  }

  function select(request) {
    selected = request;
    sayChosen(request === undefined ? [] : linesOf(model, request));
    plan();
  }

  function sayChosen(lines) {
    element('chosen').textContent = lines.length === 0 ? element('chosen').dataset.none : lines.join('; ');
  }

  /** Selects the next or the previous request in view. */
  function step(by) {
    const requests = shown.tracks === undefined ? [] : shown.requests.filter(chooserOf(model, clients));
    if (requests.length === 0) return;
    const at = requests.findIndex(({ id }) => id === selected?.id);
    select(requests[at === -1 ? 0 : Math.min(requests.length - 1, Math.max(0, at + by))]);
  }
}

function coloursOf(area) {
  const style = window.getComputedStyle(area);
  const names = [
    'line',
    'text',
    'quiet',
    'raised',
    'fail',
    'offer',
    'commit',
    'renew',
    'back',
    'late',
    'hollow',
  ];
  const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return {
    ...colours,
    fault: style.getPropertyValue('--fault').trim(),
    changing: style.getPropertyValue('--changing').trim(),
    font: style.fontFamily,
  };
}
