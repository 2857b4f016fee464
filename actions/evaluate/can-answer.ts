import type { Run } from '@mlwright/domain'
import type { ModelData } from '../common/model-data.ts'
import { sameTexts } from '../common/same-texts.ts'

/** Whether a run's model can answer for these rows: its features are there with their types, and it knows the same classes. */
export function canAnswer({ features, classes }: Run, { table, classes: known }: Pick<ModelData, 'table' | 'classes'>) {
  return features.every(({ name, type }) => table.columns.get(name)?.type === type) && sameTexts(classes, known)
}
