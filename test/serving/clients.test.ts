import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, telco } from './fixture.ts'

const python = process.env.MLWRIGHT_TEST_SERVING ?? 'python3'
const has = (modules: string) => spawnSync(python, ['-c', `import ${modules}`]).status === 0
const run = promisify(execFile)

/** Answers a tensor of numbers and one of text. */
const echo = model({
  nodes: [node('Identity', ['x'], ['y']), node('Identity', ['text'], ['said'])],
  inputs: [tensorType('x', 1, ['N', 2]), tensorType('text', 8, ['N', 1])],
  outputs: [tensorType('y', 1, ['N', 2]), tensorType('said', 8, ['N', 1])],
})
const rows = [
  [1.5, 2],
  [3, -4.25],
]

async function client(name: 'triton' | 'kserve') {
  const { url } = await serve({ v1: echo }, { name: 'echo' })
  const script = fileURLToPath(new URL('clients.py', import.meta.url))
  const { stdout } = await run(python, [script, name, url], { timeout: 100_000 })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

describe('clients that others wrote', () => {
  it.skipIf(!has('tritonclient.http'))(
    "Triton's client gets its numbers as JSON and as bytes, compressed or not (skipped where MLWRIGHT_TEST_SERVING names no Python with tritonclient[http])",
    async () => {
      const got = await client('triton')
      expect(got).toMatchObject({ live: true, ready: true, model: true, version: true, server: 'mlwright' })
      expect(got.metadata.inputs).toEqual([
        { name: 'x', datatype: 'FP32', shape: [-1, 2] },
        { name: 'text', datatype: 'BYTES', shape: [-1, 1] },
      ])
      expect(got.answers).toHaveLength(12)
      for (const answer of got.answers) expect(answer).toEqual([rows, ['a', 'h\u00e9'], 'r1'])
      expect(got.error).toEqual(['400', 'The input x: its shape is [1,3], and the model takes [-1,2].'])
      expect(got.many).toEqual(Array.from({ length: 32 }, (_, k) => k))
    },
    120_000,
  )

  it.skipIf(!has('kserve'))(
    "KServe's client finds the server ready and gets its numbers (skipped where MLWRIGHT_TEST_SERVING names no Python with kserve)",
    async () => {
      const got = await client('kserve')
      expect(got).toMatchObject({ live: true, ready: true, model: true, id: 'r1' })
      expect(got.answers.map((answer: unknown[]) => answer[0])).toEqual([rows.flat(), rows.flat()])
      expect(got.error[0]).toBe(400)
      expect(got.error[1]).toContain('The input text is missing.')
    },
    120_000,
  )

  it.skipIf(!has('schemathesis'))(
    'schemathesis finds no answer that OpenAPI does not promise (skipped where MLWRIGHT_TEST_SERVING names no Python with schemathesis)',
    async () => {
      const { model: churn } = await telco()
      const { url, notes } = await serve({ v1: churn })
      const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'
      const options = [
        '--checks',
        checks,
        '--seed',
        '7',
        '--max-examples',
        '15',
        '--phases',
        'examples,coverage,fuzzing',
        '--no-color',
      ]
      const result = await run(python, ['-m', 'schemathesis.cli', 'run', `${url}/openapi.json`, ...options], {
        timeout: 170_000,
        maxBuffer: 2 ** 26,
      }).catch((error: { stdout: string }) => error)
      expect(result.stdout).toMatch(/No issues found|passed/)
      expect(result.stdout).not.toMatch(/failure|FAILURES/)
      expect(notes).toEqual([])
    },
    180_000,
  )
})
