import { describe, expect, test } from 'vitest'
import { configWith, expectSentence, type ProjectFiles, project, type, visits } from './project.ts'

/** The experiment on this data, as its user types it. */
const experiment = (data: string | Uint8Array, config = configWith()) =>
  type(project({ 'mlwright.yml': config, 'data.csv': data }), 'run', 'experiment')

describe('data that cannot be read as it is', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['is empty', '', 'data.csv:1:1: error: data.csv is empty; it needs a line of column names and a line per row.'],
    ['has no rows', 'minutes,page,bought\n', 'data.csv:1:1: error: data.csv has column names but no rows.'],
    [
      'has a row with too many values',
      visits().replace('\n37.5,sale', '\n37.5,now,sale'),
      'data.csv:3:1: error: One row of data.csv cannot be read, first at line 3: more values than the header; quote values that contain the delimiter.',
    ],
    [
      'has a row with too few values',
      `${visits()}3\n`,
      'data.csv:62:1: error: One row of data.csv cannot be read, first at line 62: fewer values than the header; quote values that contain the delimiter.',
    ],
    [
      'is in Latin 1',
      Buffer.from(visits().replace('sale', 'à vendre'), 'latin1'),
      'data.csv:3:1: error: One row of data.csv cannot be read, first at line 3: bytes that are not UTF-8; save the file with that encoding.',
    ],
    [
      'is in UTF-16',
      Buffer.from(`\ufeff${visits()}`, 'utf16le'),
      'data.csv:1:1: error: data.csv is not UTF-8; save it with that encoding.',
    ],
    [
      'is no text at all',
      Buffer.from([0, 1, 2, 255, 254, 0, 10, 0, 0]),
      'data.csv:1:1: error: data.csv is not UTF-8; save it with that encoding.',
    ],
    [
      'names two columns alike',
      visits('minutes,minutes,bought'),
      'data.csv:1:1: error: data.csv has two columns minutes; only the first is read. Rename one.',
    ],
    [
      'names two columns alike but for their case',
      visits('Minutes,minutes,bought'),
      'data.csv:1:1: error: data.csv has columns Minutes and minutes, which differ only in case; only the first is read. Rename one.',
    ],
  ])('%s: fails with the line', async (_, data, sentence) => {
    expectSentence(await experiment(data), 1, sentence)
  })
})

describe('data that cannot be learned from', () => {
  test.each<[string, string, string]>([
    [
      'has one class only',
      visits().replaceAll('no_', 'yes_'),
      'm: there is no model to judge. Every training row has the class yes_, so there is nothing to tell apart; add rows of another class, or check the target and the split.',
    ],
    [
      'has no target',
      visits('minutes,page,bougth'),
      'error: models.m.target: the dataset visits has no column bought; did you mean bougth?',
    ],
    [
      'has a target without values',
      visits('minutes,page,bought', ([minutes, page]) => `${minutes},${page},`),
      'm: there is no model to judge. The target bought has no value in any row of visits; correct the data, or models.m.target.',
    ],
    [
      'lacks the positive class',
      visits().replaceAll('yes_', 'maybe'),
      'error: models.m.positive: no row has bought = yes_; found maybe, no_.',
    ],
  ])('%s: fails with what to change', async (_, data, sentence) => {
    expectSentence(await experiment(data), 1, sentence)
  })

  test('holds text where a number is to be predicted', async () => {
    const config = configWith({
      model: 'task: regression\n    target: page',
      train: 'algorithm: linear-regression',
      evaluate: 'metrics: [rmse]',
    })
    const sentence =
      'error: models.m.task is regression, but the target page holds text; choose classification, or a numeric target.'
    expectSentence(await experiment(visits(), config), 1, sentence)
  })

  test('has an object with one key twice, whose values are not shown', async () => {
    const lines = visits(
      'minutes,page,bought',
      ([minutes, , bought]) => `{"n": ${minutes}, "n": 1, "bought": "${bought}"}`,
    )
    const config = configWith().replace('data.csv', 'data.jsonl')
    const jsonl = lines.slice(lines.indexOf('\n') + 1)
    const folder = project({ 'mlwright.yml': config, 'data.jsonl': jsonl })
    const sentence = 'data.jsonl cannot be read at line 1: it has the key "n" twice; rename or remove one.'
    expectSentence(await type(folder, 'run', 'experiment'), 1, sentence)
  })

  test('is a folder', async () => {
    const config = configWith().replace('data.csv', 'data')
    const folder = project({ 'mlwright.yml': config, 'data/a.csv': visits() })
    const sentence = 'error: data is a folder; name its data files, such as data/*.csv.'
    expectSentence(await type(folder, 'run', 'experiment'), 1, sentence)
  })

  test('is not there', async () => {
    const sentence = 'error: No data file matches data.csv; correct the path, or fetch the data first.'
    expectSentence(await type(project({ 'mlwright.yml': configWith() }), 'run', 'experiment'), 1, sentence)
  })
})

describe('data that is odd but usable', () => {
  test('has columns that are constant or have no values', async () => {
    const constant = await experiment(visits('a,b,bought', ([, , bought]) => `1,,${bought}`))
    expectSentence(constant, 0, 'm: pass, roc_auc 0.5000 (0.5000 to 0.5000) on 12 rows.')
    expect(constant.said).toContain('The feature a has the same value in every training row')
    expect(constant.said).toContain('The feature b is missing in every training row')
    const beside = await experiment(visits('minutes,b,bought', ([minutes, , bought]) => `${minutes},,${bought}`))
    expectSentence(beside, 0, 'm: pass, roc_auc 1.0000 (1.0000 to 1.0000) on 12 rows.')
  })

  test('has NaN and infinities, which count as missing', async () => {
    const data = visits().replace('\n37.5', '\nnan').replace('\n14.5', '\ninf').replace('\n51.5', '\n-Infinity')
    const sentence =
      'data.csv:4:1: warning: 2 values of minutes are infinite, first at data.csv:4; they count as missing.'
    expectSentence(await experiment(data), 0, sentence)
  })

  test.each([
    'gradient-boosting',
    'logistic-regression',
  ])('has names with quotes, spaces, dots, emoji and SQL keywords, for %s', async (algorithm) => {
    const config = configWith({
      model: `task: classification\n    target: 'se"lect'\n    positive: yes_`,
      train: `algorithm: ${algorithm}`,
      evaluate: `metrics: [roc_auc]\n      slices: ["a.b 🙂 'x'"]`,
    })
    const files: ProjectFiles = {
      'mlwright.yml': config,
      'data.csv': visits(`"group by","a.b 🙂 'x'","se""lect"`),
    }
    const { said } = expectSentence(await type(project(files), 'run', 'experiment'), 0, 'm: pass, roc_auc ')
    expect(said).toContain("a.b 🙂 'x'")
  })
})
