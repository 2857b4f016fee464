import { quoteName, quoteText } from '@mlwright/data'
import type { Files, Ports } from '@mlwright/domain'
import type { RowAnswer } from '@mlwright/serving'
import { sha256 } from '../common/sha256.ts'

/** What a run leaves behind until it is complete, so that the next one goes on. */
export interface Parts {
  /** Whether a part was written before. */
  has(part: number): Promise<boolean>
  write(part: number, answers: readonly RowAnswer[]): Promise<void>
  /** SQL of all parts in their order. */
  readonly from: string
  remove(): Promise<void>
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

/** The columns of the predictions by their short names in the parts. */
function fieldsOf(classes: readonly string[], numeric: boolean, scored: boolean) {
  return [
    { name: 'prediction', type: numeric ? 'DOUBLE' : 'VARCHAR' },
    ...(scored ? [{ name: 'score', type: 'DOUBLE' }] : []),
    ...(scored ? classes.map((name) => ({ name: `score_${name}`, type: 'DOUBLE' })) : []),
  ]
}

/** Names of the columns that predictions have. */
export function predictionColumns(classes: readonly string[], scored: boolean): string[] {
  return fieldsOf(classes, false, scored).map(({ name }) => name)
}

async function digestOf(files: Files, path: string): Promise<string | null> {
  const bytes = await files.read(path)
  return bytes && new TextDecoder().decode(bytes)
}

/** Parts of predictions in a folder beside the output; those of other inputs are thrown away. */
export async function openParts(
  { files, engine }: Pick<Ports, 'files' | 'engine'>,
  options: {
    readonly folder: string
    /** Everything that decides what the parts hold. */
    readonly inputs: unknown
    readonly parts: number
    readonly classes: readonly string[]
    readonly numeric: boolean
    readonly scored: boolean
  },
): Promise<Parts> {
  const { folder, classes, numeric, scored } = options
  const digest = sha256(JSON.stringify(options.inputs))
  const stamp = `${folder}/inputs`
  if ((await digestOf(files, stamp)) !== digest) {
    await files.remove(folder)
    await files.write(stamp, digest)
  }
  const fields = fieldsOf(classes, numeric, scored)
  const pathOf = (part: number) => `${folder}/${String(part).padStart(6, '0')}.parquet`
  const select = fields.map(({ name, type }, at) => `CAST(c${at} AS ${type}) AS ${quoteName(name)}`).join(', ')
  const declared = fields.map(({ type }, at) => `c${at}: '${type}'`).join(', ')
  return {
    has: async (part) => (await files.glob(pathOf(part))).length > 0,
    async write(part, answers) {
      const lines = answers.map(({ prediction, score, probabilities }) => {
        const values = [numeric ? prediction : text(prediction)]
        if (scored)
          values.push(
            score,
            ...classes.map((name, k) => Object(probabilities)[Array.isArray(probabilities) ? k : name]),
          )
        return JSON.stringify(Object.fromEntries(values.map((value, at) => [`c${at}`, value])))
      })
      const temporary = `${folder}/part.jsonl`
      await files.write(temporary, `${lines.join('\n')}\n`)
      const json = `read_json(${quoteText(files.absolute(temporary))}, format = 'newline_delimited', columns = {${declared}})`
      const unfinished = `${folder}/part.parquet`
      await engine.execute(
        `COPY (SELECT ${select} FROM ${json}) TO ${quoteText(files.absolute(unfinished))} (FORMAT parquet, COMPRESSION zstd)`,
      )
      // The port's write renames into place, so a part is there whole or not at all.
      await files.write(pathOf(part), (await files.read(unfinished))!)
      await files.remove(unfinished)
      await files.remove(temporary)
    },
    from: `read_parquet([${Array.from({ length: options.parts }, (_, part) => quoteText(files.absolute(pathOf(part)))).join(', ')}])`,
    remove: () => files.remove(folder),
  }
}
