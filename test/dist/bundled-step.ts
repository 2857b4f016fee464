import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository, whose `node_modules` has the natives. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Step {
  /** The Node binary that the runner would use. */
  readonly node: string
  /** The folder with the bundles. */
  readonly dist: string
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
  /** Variables of the job. */
  readonly environment: Readonly<Record<string, string>>
}

export interface StepResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Reads `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?^\2$/gm)
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value?.replace(/\n$/, '')]))
}

/** Starts a bundled action as a runner does: inputs by environment, nothing else of this process. */
export async function bundledStep({ node, dist, action, inputs, environment }: Step): Promise<StepResult> {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(node, [join(dist, `${action}.js`)], {
    cwd: environment.GITHUB_WORKSPACE,
    env: { PATH, HOME, MLWRIGHT_NATIVES: root, ...environment, ...Object.fromEntries(given) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  const { GITHUB_OUTPUT = '', GITHUB_STEP_SUMMARY = '' } = environment
  const outputs = readOutputs(readFileSync(GITHUB_OUTPUT, 'utf8'))
  return { code, stdout, stderr, outputs, summary: readFileSync(GITHUB_STEP_SUMMARY, 'utf8') }
}
