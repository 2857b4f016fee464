import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly uses?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly concurrency?: Readonly<Record<string, unknown>>
  readonly steps?: readonly Step[]
  readonly if?: string
}

export interface Workflow {
  readonly path: string
  readonly text: string
  readonly on: unknown
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

export function readWorkflow(path: string): Workflow {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, text, ...parse(text) }
}

/** Every workflow in a folder of the repository. */
export function workflowsIn(folder: string): Workflow[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yml'))
  return names.map((name) => readWorkflow(`${folder}/${name}`))
}

export const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap((job) => job.steps ?? [])
