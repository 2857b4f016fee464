import { type OpenDataset, profileAgainst, quoteName } from '@mlwright/data'
import type { ColumnProfile, ColumnType, DatasetColumn, Engine, Profile } from '@mlwright/domain'
import type { MonitorSettings } from './settings.ts'

type Names = Pick<MonitorSettings, 'score' | 'prediction' | 'label' | 'target'>

/** What the columns of answers and labels are called in the data. */
export function answerNames({ score, prediction, label, target }: Names, logged: boolean): Map<string, string> {
  const names: [string, string | undefined][] = [
    ['score', score?.includes('*') ? undefined : (score ?? (logged ? 'score' : undefined))],
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

/** SQL of an answer or a label as the type that the reference has it in: classes are texts, and 1.0 is the class 1. */
function answerSql({ name, type }: DatasetColumn, wanted: ColumnType): string {
  const column = quoteName(name)
  if (wanted === 'number') return `TRY_CAST(${column} AS DOUBLE)`
  const text = `CAST(${column} AS VARCHAR)`
  return type === 'number' ? `regexp_replace(${text}, '\\.0$', '')` : text
}

/** Profiles those of some columns that a table has. */
async function profileAnswers(
  engine: Engine,
  table: OpenDataset,
  wanted: readonly ColumnProfile[],
  profile: Profile,
): Promise<readonly ColumnProfile[]> {
  const found = wanted.flatMap(({ name, type }) => {
    const column = table.dataset.columns.find((each) => each.name === name)
    return column ? [{ name, type, sql: `${answerSql(column, type)} AS ${quoteName(name)}` }] : []
  })
  if (found.length === 0) return []
  const from = `(SELECT ${found.map(({ sql }) => sql).join(', ')} FROM ${table.from})`
  const columns = found.map(({ name, type }) => ({ name, type }))
  return (await profileAgainst(engine, { ...table, from, dataset: { ...table.dataset, columns } }, profile)).columns
}

export interface SeenProfiles {
  /** Of what the reference knows itself. */
  readonly own: Profile
  /** With answers beside it, and labels, which may have arrived later in a table of their own. */
  readonly current: Profile
}

/** Profiles what production saw, against a reference and the same with answers; `label` is the label's column. */
export async function profileSeen(
  engine: Engine,
  { table, labels }: { readonly table: OpenDataset; readonly labels: OpenDataset | null },
  reference: Profile,
  profile: Profile,
  label: string | undefined,
): Promise<SeenProfiles> {
  const added = profile.columns.slice(reference.columns.length)
  const isAdded = new Set(added.map(({ name }) => name))
  const columns = table.dataset.columns.filter(({ name }) => !isAdded.has(name))
  const own = await profileAgainst(engine, { ...table, dataset: { ...table.dataset, columns } }, reference)
  const here = await profileAnswers(engine, table, added, profile)
  const known = new Set([...own.columns, ...here].map(({ name }) => name))
  const missing = profile.columns.filter(({ name }) => name === label && !known.has(name))
  const later = labels ? await profileAnswers(engine, labels, missing, profile) : []
  return { own, current: { ...own, columns: [...own.columns, ...here, ...later] } }
}
