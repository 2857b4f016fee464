import { type Location, type YamlProblem, type YamlSource, yamlProblems } from '@mlwright/domain'
import type { z } from 'zod'

type Path = readonly PropertyKey[]

/** A contract that is read part by part; what is wrong is collected. */
export interface ContractSource {
  readonly problems: readonly YamlProblem[]
  /** The part at a path as its schema has it, or null when it does not fit. */
  read<T>(path: Path, schema: z.ZodType<T>): T | null
  /** The list at a path; empty where there is none. */
  list(path: Path): readonly unknown[]
  at(path: Path, part?: 'key' | 'value'): Location
  problem(path: Path, message: string): void
}

export function contractSource(source: YamlSource): ContractSource {
  const problems: YamlProblem[] = []
  const valueAt = (path: Path) =>
    path.reduce<unknown>((node, step) => (node as Record<PropertyKey, unknown> | null)?.[step], source.value)
  return {
    problems,
    read(path, schema) {
      const value = valueAt(path)
      const result = schema.safeParse(value, { reportInput: true })
      if (result.success) return result.data
      const part: YamlSource = {
        ...source,
        value,
        locate: (inner, which) => source.locate([...path, ...inner], which),
      }
      problems.push(...yamlProblems(part, schema, result.error))
      return null
    },
    list(path) {
      const value = valueAt(path)
      return Array.isArray(value) ? value : []
    },
    at: (path, part) => source.locate(path, part),
    problem(path, message) {
      problems.push({ location: source.locate(path), message })
    },
  }
}
