import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './read-workflow.ts'

const actionlint = process.env.MLWRIGHT_TEST_ACTIONLINT
const zizmor = process.env.MLWRIGHT_TEST_ZIZMOR
const files = ['.github/workflows', 'reusable', 'workflows'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
)

function output(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return `${stdout}${stderr}`
  }
}

describe('linters', () => {
  it.skipIf(!actionlint)('actionlint finds nothing (skipped where MLWRIGHT_TEST_ACTIONLINT names no program)', () => {
    const config = ['-config-file', '.github/actionlint.yaml', '-shellcheck=', '-pyflakes=']
    expect(output(actionlint!, [...config, ...files])).toBe('')
  })

  it.skipIf(!zizmor)('zizmor finds nothing (skipped where MLWRIGHT_TEST_ZIZMOR names no program)', () => {
    const found = output(zizmor!, ['--offline', '--quiet', '--format=json', '--config', '.github/zizmor.yml', ...files])
    expect(JSON.parse(found)).toEqual([])
  })
})
