import { type OpenDataset, profileAgainst, quoteName } from '@mlwright/data'
import type { ColumnProfile, ColumnType, DatasetColumn, Engine, Profile } from '@mlwright/domain'
import type { MonitorSettings } from './settings.ts'

type Names = Pick<MonitorSettings, 'score' | 'prediction' | 'label' | 'target'>

/** What the columns of answers and labels are called in the data. */
export function answerNames({ score, prediction, label, target }: Names, logged: boolean): Map<string, string> {
  const names: [string, string | undefined][] = [
    ['score', score ?? (logged ? 'score' : undefined)],
    ['prediction', prediction ?? (logged ? 'prediction' : undefined)],
    ['label', label ?? target],
  ]
  return new Map(names.flatMap(([role, name]) => (name === undefined ? [] : [[role, name] as const])))
}

/** Which columns are answers and which are labels. */
export function answerRoles(names: ReadonlyMap<string, string>): Map<string, 'prediction' | 'label'> {
  return new Map([...names].map(([role, name]) => [name, role === 'label' ? 'label' : 'prediction']))
}

/** A reference profile with what the released model answered on its test rows, in columns that it does not have itself. */
export function withAnswers(
  profile: Profile,
  answers: Profile | null | undefined,
  names: ReadonlyMap<string, string>,
): Profile {
  const known = new Set(profile.columns.map(({ name }) => name))
  const added = (answers?.columns ?? []).flatMap((column): ColumnProfile[] => {
    const name = names.get(column.name)
    return name === undefined || known.has(name) ? [] : [{ ...column, name }]
  })
  return { ...profile, columns: [...profile.columns, ...added] }
}

/** Types to read answers by, whatever they are called. */
export function answerTypes(answers: Profile | null | undefined, names: ReadonlyMap<string, string>) {
  return new Map(
    (answers?.columns ?? []).flatMap(({ name, type }): [string, ColumnType][] => {
      const own = names.get(name)
      return own === undefined ? [] : [[own, type]]
    }),
  )
}

/** SQL of a label as the type that the reference has it in: classes are texts, and 1.0 is the class 1. */
function labelSql({ name, type }: DatasetColumn, wanted: ColumnType): string {
  const column = quoteName(name)
  if (wanted === 'number') return `TRY_CAST(${column} AS DOUBLE)`
  const text = `CAST(${column} AS VARCHAR)`
  return type === 'number' ? `regexp_replace(${text}, '\\.0$', '')` : text
}

/** A profile with the labels that arrived later, which stand in a table of their own. */
export async function withLabels(
  engine: Engine,
  current: Profile,
  labels: OpenDataset | null,
  names: ReadonlyMap<string, string>,
  reference: Profile,
): Promise<Profile> {
  const column = labels?.dataset.columns.find(({ name }) => name === names.get('label'))
  const known = reference.columns.find(({ name }) => name === column?.name)
  if (!labels || !column || !known || current.columns.some(({ name }) => name === column.name)) return current
  const { name } = column
  const { type } = known
  const profile = await profileAgainst(
    engine,
    {
      ...labels,
      from: `(SELECT ${labelSql(column, type)} AS ${quoteName(name)} FROM ${labels.from})`,
      dataset: { ...labels.dataset, columns: [{ name, type }] },
    },
    reference,
  )
  return { ...current, columns: [...current.columns, ...profile.columns] }
}
