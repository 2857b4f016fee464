const width = 880
const left = 56
const right = 736
const font = '-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif'
/** Colours in light and dark, each with 4.5 : 1 and more on GitHub's background. */
const style = `
svg{--text:#1f2328;--muted:#59636e;--grid:#d1d9e0;--alone:#bc4c00;--kept:#0969da;--new:#8250df;--all:#1a7f37;--back:#ffffff}
@media (prefers-color-scheme:dark){svg{--text:#f0f6fc;--muted:#9198a1;--grid:#3d444d;--alone:#f0883e;--kept:#4493f8;--new:#ab7df8;--all:#3fb950;--back:#0d1117}}
text{font:12px ${font};fill:var(--muted)}.head{font-weight:600;font-size:14px;fill:var(--text)}
.grid{stroke:var(--grid);stroke-width:1}.zero{stroke:var(--muted)}.limit{stroke:var(--muted);stroke-dasharray:2 3}.retraining{stroke:var(--muted);stroke-dasharray:1 4}
polyline{fill:none;stroke-width:2;stroke-linejoin:round}.alone{stroke:var(--alone)}.kept{stroke:var(--kept)}text.alone{fill:var(--alone);stroke:none}text.kept{fill:var(--kept);stroke:none}
.drift{fill:var(--alone)}.quiet{fill:var(--grid)}.window{fill:var(--kept)}.new{fill:var(--new)}.all{fill:var(--all)}.mark{stroke:var(--back);stroke-width:1}`

const one = (value) => value.toFixed(1)
const text = (x, y, words, more = '') => `<text x="${one(x)}" y="${one(y)}"${more}>${words}</text>`
const rule = (kind, x1, y1, x2, y2) =>
  `<line class="${kind}" x1="${one(x1)}" y1="${one(y1)}" x2="${one(x2)}" y2="${one(y2)}"/>`

/** Each strategy's shape, so that colour alone tells nothing. */
const shapes = {
  window: (x, y) => `<circle class="window mark" cx="${one(x)}" cy="${one(y)}" r="5"/>`,
  'new-only': (x, y) => `<path class="new mark" d="M${one(x)} ${one(y - 6)}l5.5 9.5h-11z"/>`,
  combined: (x, y) => `<rect class="all mark" x="${one(x - 4.5)}" y="${one(y - 4.5)}" width="9" height="9"/>`,
}
const said = { window: 'the last 24 months (released)', 'new-only': 'the last 12 months', combined: 'all months' }

/** A scale of values on a stretch of the picture, with its lines and their numbers. */
function scale(values, step, top, bottom) {
  const low = Math.floor(Math.min(0, ...values) / step) * step
  const high = Math.ceil(Math.max(...values) / step) * step
  const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - top)
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step)
  const sign = (tick) => `${tick < 0 ? '−' : ''}${Math.abs(tick)}`
  const grid = ticks.map(
    (tick) =>
      `${rule('grid', left, y(tick), right, y(tick))}${text(left - 8, y(tick) + 4, sign(tick), ' text-anchor="end"')}`,
  )
  return { y, grid: grid.join('\n') }
}

/** The history as a picture: errors over time, when drift was called, and what each retraining won. */
export function drawHistory({ months, retrainings }) {
  const x = (at) => left + ((at + 0.5) / months.length) * (right - left)
  const places = new Map(months.map(({ month }, at) => [month, at]))
  const errors = scale(
    months.flatMap(({ alone, retrained }) => [alone, retrained]),
    1,
    56,
    250,
  )
  const line = (name) =>
    `<polyline class="${name === 'alone' ? 'alone' : 'kept'}" points="${months.map((month, at) => `${one(x(at))},${one(errors.y(month[name]))}`).join(' ')}"/>`
  const last = months.at(-1)
  const cell = (right - left) / months.length
  const strip = (rang, y) =>
    months.map(
      (month, at) =>
        `<rect class="${rang(month) ? 'drift' : 'quiet'}" x="${one(left + at * cell)}" y="${y}" width="${one(cell - 0.6)}" height="10"/>`,
    )
  const cells = [...strip(({ verdict }) => verdict === 'fail', 290), ...strip(({ worse }) => worse > 0, 303)]
  const years = months.flatMap(({ month }, at) =>
    month.endsWith('-01') ? [text(left + at * cell, 328, month.slice(0, 4))] : [],
  )
  const names = Object.keys(shapes)
  const won = retrainings.map((entry) => Object.fromEntries(names.map((name) => [name, entry.kept - entry[name]])))
  const wins = scale(
    won.flatMap((entry) => Object.values(entry)),
    0.5,
    404,
    560,
  )
  const marks = retrainings.flatMap(({ month }, at) =>
    ['new-only', 'combined', 'window'].map((name) => shapes[name](x(places.get(month)), wins.y(won[at][name]))),
  )
  const lines = retrainings.map(
    ({ month }) =>
      `${rule('retraining', x(places.get(month)), 56, x(places.get(month)), 250)}${rule('retraining', x(places.get(month)), 404, x(places.get(month)), 560)}`,
  )
  const legend = names.map(
    (name, at) => `${shapes[name](left + 6 + at * 210, 386)}${text(left + 18 + at * 210, 390, said[name])}`,
  )
  const drifting = months.filter(({ verdict }) => verdict === 'fail').length
  const worse = months.filter((month) => month.worse > 0).length
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 580" role="img" aria-labelledby="title text">
<title id="title">Ten years of monitoring a model of riders at Clark/Lake</title>
<desc id="text">Mean error of a day by month: left alone it is ${months[0].alone} thousand riders in ${months[0].month} and ${last.alone} in ${last.month}; trained again at ${retrainings.length} alarms, ${last.retrained}. Of ${months.length} months drift was called in ${drifting}, and worse performance of the model in production in ${worse}.</desc>
<style>${style}
</style>
${text(left, 20, 'Mean error of a day, thousands of riders', ' class="head"')}
${text(left, 38, 'by month; dotted: retrainings, and the error of 1 that the project wants to keep')}
${errors.grid}
${rule('limit', left, errors.y(1), right, errors.y(1))}
${lines.join('\n')}
${line('alone')}
${line('retrained')}
${text(right + 8, errors.y(last.alone) + 4, 'left alone', ' class="alone"')}
${text(right + 8, errors.y(last.retrained) - 6, 'trained again', ' class="kept"')}
${text(right + 8, errors.y(last.retrained) + 9, 'at alarms', ' class="kept"')}
${text(left, 284, 'What rang, against the data and the test rows of the model in production then', ' class="head"')}
${cells.join('\n')}
${text(right + 8, 299, 'drift')}
${text(right + 8, 312, 'performance')}
${years.join('\n')}
${text(left, 368, 'What a retraining won: mean error of the next twelve months, less than the model that was there', ' class="head"')}
${legend.join('\n')}
${wins.grid}
${rule('zero', left, wins.y(0), right, wins.y(0))}
${text(right + 8, wins.y(0) - 6, 'better')}
${text(right + 8, wins.y(0) + 14, 'worse')}
${marks.join('\n')}
</svg>
`
}
