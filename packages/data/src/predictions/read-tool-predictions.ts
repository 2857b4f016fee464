import { basename } from 'node:path'
import {
  type Column,
  classCodes,
  classesOf,
  type Engine,
  type Predictions,
  type Task,
  UserError,
} from '@mlwright/domain'
import { openDataset } from '../open/open-dataset.ts'
import { readTable } from '../read-table.ts'
import { interleave } from './read-predictions.ts'

export interface ToolPredictionsOptions {
  readonly task: Task
  /** The class that counts as positive; for two classes the last one by its bytes where it is not given. */
  readonly positive?: string | undefined
  /** How the file is called in sentences (default: its name). */
  readonly name?: string
  /** Other columns to keep (default: all). */
  readonly columns?: readonly string[]
}

const layout = 'a column `label`, and `prediction`, or `score`, or one `score_<class>` per class'

/** What rounding may add to the sum of a row's probabilities. */
const tolerance = 1e-3

/** Every value, or a sentence about the first one that is missing. */
function complete(column: Column, name: string, refuse: (why: string) => UserError): Column {
  const missing = column.type === 'string' ? column.codes.indexOf(-1) : column.values.findIndex(Number.isNaN)
  if (missing >= 0) throw refuse(`row ${missing + 1} has no ${name}`)
  return column
}

function probabilities(column: Column, name: string, refuse: (why: string) => UserError): Float64Array {
  if (column.type !== 'number') throw refuse(`${name} holds no numbers`)
  const outside = column.values.findIndex((value) => !(value >= 0 && value <= 1))
  if (outside >= 0)
    throw refuse(`row ${outside + 1} has ${name} = ${column.values[outside]}, which is not between 0 and 1`)
  return column.values
}

/** Reads predictions that any tool wrote as CSV, Parquet or JSON Lines. Throws `UserError` DATA_UNUSABLE when a column that is needed is missing or does not fit. */
export async function readToolPredictions(
  engine: Engine,
  path: string,
  options: ToolPredictionsOptions,
): Promise<Predictions> {
  const file = options.name ?? basename(path)
  const refuse = (why: string) =>
    new UserError('DATA_UNUSABLE', `The predictions in ${file} cannot be used: ${why}. They need ${layout}.`)
  const opened = await openDataset(engine, { name: 'predictions', files: [{ path: file, absolute: path, oid: '' }] })
  const broken = opened.findings.find((finding) => finding.level === 'fail')
  if (broken) throw refuse(broken.message.replace(/\.$/, ''))
  const names = opened.dataset.columns.map((column) => column.name)
  const { columns } = await readTable(engine, opened, names)
  const given = (name: string) => {
    const column = columns.get(name)
    return column && complete(column, name, refuse)
  }
  const label = given('label')
  if (!label) throw refuse('there is no column `label`')
  const prediction = given('prediction')
  const score = given('score')
  const perClass = names.filter((name) => name.startsWith('score_'))
  const used = new Set(['label', 'prediction', 'score', ...perClass])
  const others = new Map([...columns].filter(([name]) => !used.has(name) && (options.columns?.includes(name) ?? true)))

  if (options.task === 'regression') {
    const values = prediction ?? score
    if (!values) throw refuse('there is no column `prediction`')
    if (label.type !== 'number' || values.type !== 'number') throw refuse('regression needs numbers in both columns')
    return {
      task: 'regression',
      classes: [],
      keys: null,
      labels: label.values,
      scores: values.values,
      decisions: null,
      columns: others,
    }
  }

  const found = new Set([
    ...classesOf(label),
    ...(prediction ? classesOf(prediction) : []),
    ...perClass.map((name) => name.slice(6)),
  ])
  const text = [...found]
  const classes = classesOf({ type: 'string', codes: Int32Array.from(text.keys()), dictionary: text }, options.positive)
  if (options.positive !== undefined && !classes.includes(options.positive))
    throw refuse(`no row has the positive class ${options.positive}; found ${classes.slice(0, 10).join(', ')}`)
  let scores: Float64Array | null = null
  if (perClass.length > 0) {
    const lacking = classes.find((name) => !perClass.includes(`score_${name}`))
    if (lacking !== undefined) throw refuse(`there is no column \`score_${lacking}\``)
    const each = classes.map((name) => probabilities(given(`score_${name}`)!, `score_${name}`, refuse))
    scores = interleave(each, opened.dataset.rows)
    const wrong = each[0]!.findIndex((_, row) => Math.abs(each.reduce((sum, one) => sum + one[row]!, -1)) > tolerance)
    if (wrong >= 0) {
      const sum = each.reduce((total, one) => total + one[wrong]!, 0)
      throw refuse(`the scores of row ${wrong + 1} sum to ${Number(sum.toPrecision(4))}, not to 1`)
    }
  } else if (score) {
    if (classes.length !== 2)
      throw refuse(
        classes.length < 2
          ? `every row has the label ${classes[0]}, so a \`score\` tells nothing apart`
          : `one \`score\` is for two classes, but there are ${classes.length}`,
      )
    const positive = probabilities(score, 'score', refuse)
    scores = interleave([positive.map((value) => 1 - value), positive], opened.dataset.rows)
  }
  if (!scores && !prediction) throw refuse('there is neither `prediction` nor a score')
  const labels = Float64Array.from(classCodes(label, classes))
  const decisions = prediction ? classCodes(prediction, classes) : null
  return { task: 'classification', classes, keys: null, labels, scores, decisions, columns: others }
}
