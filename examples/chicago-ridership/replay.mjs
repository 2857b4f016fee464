// Plays ten years of monitoring with `npx mlwright`, and draws what came of it: node replay.mjs [folder]
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeHistory } from './history-files.mjs'
import { monthlyErrors } from './monthly-errors.mjs'
import { startRepository } from './repository.mjs'

const example = dirname(fileURLToPath(import.meta.url))
/** Months of the past that each strategy trains on, and the one whose model is released. */
const strategies = { 'new-only': 12, window: 24, combined: Number.POSITIVE_INFINITY }
const released = 'window'
/** Months in which no alarm is answered after one was. */
const rest = 6

const monthText = (at) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
const monthOf = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
const round = (value) => Number(value.toFixed(3))
const mean = (values) => round(values.reduce((sum, value) => sum + value, 0) / values.length)

/** Reads the data; the function gives the table of some months that end with one. */
function readDays() {
  const [head, ...rows] = ['training', 'later'].flatMap((name, at) =>
    readFileSync(join(example, `data/${name}.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(at),
  )
  return (last, months) => {
    const kept = rows.filter((row) => monthOf(row) <= last && monthOf(row) > last - months)
    return `${[head, ...kept].join('\n')}\n`
  }
}

/** Trains on what data/training.csv holds, keeps the model under a name, and returns its file and its error in every later month. */
async function train(repository, name) {
  const { id } = await repository.run('train')
  const [model, predictions] = ['onnx', 'parquet'].map((ending) => `.mlwright/${name}.${ending}`)
  copyFileSync(join(repository.folder, `.mlwright/runs/${id}/model.onnx`), join(repository.folder, model))
  await repository.run('predict', '--data', 'data/later.csv', '--model-path', model, '--output', predictions)
  return { model, errors: await monthlyErrors(join(repository.folder, predictions)) }
}

/**
 * Looks at a year of production as the model in production answers it. Its answers are not compared with those on its
 * test rows, which are of other seasons.
 */
async function look(repository, model) {
  const answered = '.mlwright/answered.parquet'
  await repository.run('predict', '--data', 'data/last-year.csv', '--model-path', model, '--output', answered)
  const columns = ['--prediction', 'prediction', '--timestamp', 'date', '--ignore', 'date,prediction']
  return repository.run('monitor', '--current', answered, ...columns)
}

/** Makes the run of the last training a version, and puts it into production. */
async function release(repository) {
  for (const words of [['evaluate'], ['report']]) await repository.run(...words)
  const [registered] = await repository.run('register')
  if (!registered.created) throw new Error(registered.message)
  await repository.run('promote', '--version', registered.version)
}

/** A candidate by each strategy, and what each would have won over keeping the model that is there. */
async function retrain(repository, days, month, kept) {
  const candidates = {}
  for (const [name, months] of Object.entries(strategies).sort(([a], [b]) => (a === released) - (b === released))) {
    repository.write('data/training.csv', days(month, months))
    repository.commit(`Train on the ${name === 'combined' ? 'whole past' : `last ${months} months`}`)
    candidates[name] = await train(repository, `${monthText(month)}-${name}`)
  }
  await release(repository)
  const next = Object.keys(kept)
    .filter((later) => later > monthText(month))
    .slice(0, 12)
  const over = (found) => mean(next.map((later) => found[later]))
  return {
    candidate: candidates[released],
    retraining: {
      month: monthText(month),
      months: next.length,
      kept: over(kept),
      ...Object.fromEntries(Object.keys(strategies).map((name) => [name, over(candidates[name].errors)])),
    },
  }
}

/**
 * Trains on 2001 to 2006, looks at production month by month, and trains again at each alarm. Returns what each month
 * showed, with the errors of the model that was left alone and of the one in production, and what retrainings won.
 */
export async function replay(folder, mlwright, { until = '2016-08', say = () => {} } = {}) {
  const days = readDays()
  const repository = startRepository(example, folder, mlwright)
  repository.goTo('2007-01-01')
  repository.commit('Start')
  const alone = await train(repository, 'alone')
  await release(repository)
  let production = alone
  let answered = Number.NEGATIVE_INFINITY
  const history = { months: [], retrainings: [] }
  for (let month = monthOf('2007-01'); month <= monthOf(until); month++) {
    const text = monthText(month)
    repository.goTo(`${monthText(month + 1)}-01`)
    repository.write('data/last-year.csv', days(month, 12))
    repository.commit(`The data of ${text}`)
    const { columns, performance, verdict } = await look(repository, production.model)
    const drifted = Object.keys(columns).filter((name) => columns[name].drifted)
    const effect = Math.max(...Object.values(columns.riders_14d.effects).map(({ value }) => value))
    history.months.push({
      month: text,
      verdict,
      drifted,
      effect: round(effect),
      worse: performance.chunks.filter(({ metrics }) => metrics.mae.alert).length,
      alone: round(alone.errors[text]),
      retrained: round(production.errors[text]),
    })
    say(`${text}: ${verdict} ${drifted.join(', ')}`)
    if (verdict !== 'fail' || month - answered < rest || text === '2016-08') continue
    answered = month
    const { candidate, retraining } = await retrain(repository, days, month, production.errors)
    production = candidate
    history.retrainings.push(retraining)
    say(`${text}: trained again; ${JSON.stringify(retraining)}`)
  }
  return history
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'mlwright-chicago-'))
  const mlwright = (args, directory, environment) => {
    const command = ['mlwright', ...args, '--working-directory', directory]
    const env = { ...process.env, ...environment }
    const options = { cwd: example, env, maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'] }
    return JSON.parse(execFileSync('npx', command, options).toString() || 'null')
  }
  const history = await replay(folder, mlwright, { say: (text) => process.stdout.write(`${text}\n`) })
  writeHistory(join(example, 'history'), history)
  process.stdout.write(`The repository is ${folder}; npx mlwright dashboard writes its page there.\n`)
}
