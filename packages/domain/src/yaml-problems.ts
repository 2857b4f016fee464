import type { z } from 'zod'
import { nearest } from './nearest.ts'
import type { Location } from './nouns/finding.ts'
import type { YamlSource } from './yaml-source.ts'

export interface YamlProblem {
  readonly location: Location
  readonly message: string
}

type Issue = z.core.$ZodIssue

/** The keys that a schema knows at a path, for the nearest valid one. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const { def } = schema as { def: { type: string; [key: string]: unknown } }
  switch (def.type) {
    case 'object': {
      const shape = def.shape as Record<string, unknown>
      if (path.length === 0) return Object.keys(shape)
      const inner = shape[String(path[0])]
      return inner ? keysAt(inner, path.slice(1)) : []
    }
    case 'record':
      return path.length === 0
        ? Object.keys((def.keyType as { def: { entries?: Record<string, string> } }).def.entries ?? {})
        : keysAt(def.valueType, path.slice(1))
    case 'array':
      return path.length === 0 ? [] : keysAt(def.element, path.slice(1))
    case 'union':
      return (def.options as unknown[]).flatMap((option) => keysAt(option, path))
    case 'optional':
    case 'default':
    case 'nullable':
    case 'readonly':
      return keysAt(def.innerType, path)
    case 'pipe':
      return keysAt(def.in, path)
    default:
      return []
  }
}

/** A value as it stands in the file, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

const quoted = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ')

/** Of a union that nothing fits, the issues of the option that comes closest: fewest problems, known keys first. */
function closest(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.reduce(
      (sum, issue) =>
        sum +
        (issue.code === 'unrecognized_keys'
          ? 2 * issue.keys.length
          : issue.code === 'invalid_type' && issue.input === undefined
            ? 3
            : 1),
      0,
    )
  return [...errors].sort((a, b) => weight(a) - weight(b))[0] ?? []
}

function describe(issue: Issue, path: readonly PropertyKey[], source: YamlSource, schema: unknown): YamlProblem[] {
  const name = path.map(String).join('.')
  const value = path.reduce<unknown>(
    (node, step) => (node as Record<PropertyKey, unknown> | undefined)?.[step],
    source.value,
  )
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = [...new Set(keysAt(schema, path))]
        const near = nearest(key, known)
        const hint = near ? `did you mean \`${near}\`?` : `known keys: ${quoted(known)}.`
        return {
          location: source.locate([...path, key], 'key'),
          message: `unknown key \`${key}\`${name ? ` in ${name}` : ''}; ${hint}`,
        }
      })
    case 'invalid_union':
      if (issue.errors.length > 0)
        return closest(issue.errors).flatMap((inner) => describe(inner, [...path, ...inner.path], source, schema))
      break
    case 'invalid_key':
    case 'invalid_element': {
      const inner = issue.issues[0]
      const key = String(path.at(-1) ?? '')
      const known = keysAt(schema, path.slice(0, -1))
      const near = nearest(key, known)
      const message = near
        ? `unknown key \`${key}\`; did you mean \`${near}\`?`
        : `the key \`${key}\` cannot be used: ${inner?.message ?? 'invalid'}`
      return [{ location: source.locate(path, 'key'), message }]
    }
    case 'invalid_value': {
      const near = typeof value === 'string' ? nearest(value, issue.values.map(String)) : null
      const options = issue.values.map((option) => JSON.stringify(option)).join(', ')
      const found = value === undefined ? 'is missing' : `is ${shown(value)}`
      return [
        {
          location: source.locate(path),
          message: `${name} ${found}; ${near ? `did you mean ${near}?` : `it can be ${options}.`}`,
        },
      ]
    }
    case 'invalid_type':
      if (value === undefined)
        return [
          {
            location: source.locate(path.slice(0, -1), 'key'),
            message: `${name} is missing; it has to be ${article(issue.expected)}.`,
          },
        ]
      return [
        {
          location: source.locate(path),
          message: `${name || 'the file'} is ${name === '' && value === null ? 'empty' : shown(value)}; it has to be ${article(issue.expected)}.`,
        },
      ]
  }
  return [{ location: source.locate(path), message: `${name ? `${name}: ` : ''}${issue.message}` }]
}

function article(type: string): string {
  const words: Record<string, string> = {
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    string: 'text',
    int: 'a whole number',
  }
  return words[type] ?? `a ${type}`
}

/** Says everything that a schema finds wrong with a YAML file, each with its place and the nearest valid key. */
export function yamlProblems(source: YamlSource, schema: z.ZodType, error: z.ZodError): YamlProblem[] {
  return error.issues.flatMap((issue) => describe(issue, issue.path, source, schema))
}

/** The problems as one text, a line each: `file:line:column: message`. */
export function problemText(problems: readonly YamlProblem[]): string {
  return problems
    .toSorted((a, b) => a.location.line - b.location.line || a.location.column - b.location.column)
    .map(({ location: { file, line, column }, message }) => `${file}:${line}:${column}: ${message}`)
    .join('\n')
}
