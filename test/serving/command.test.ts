import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { telco } from './fixture.ts'

const entry = fileURLToPath(new URL('cli-entry.mjs', import.meta.url))
let churn: Awaited<ReturnType<typeof telco>>
beforeAll(async () => {
  churn = await telco()
})

/** Starts `mlwright serve` in a folder that holds model.onnx, and waits until it says where it serves. */
async function start(...argv: string[]) {
  return startWith([], ...argv)
}

/** The same with options of Node. */
async function startWith(options: readonly string[], ...argv: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-serve-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'model.onnx'), churn.model)
  const child = spawn(process.execPath, [...options, entry, 'serve', 'model.onnx', '--port', '0', ...argv], {
    cwd: folder,
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      text[name] += chunk
    })
  const exit = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  const port = await new Promise<number>((resolve, reject) => {
    child.stderr.on('data', () => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text.stderr)
      if (found) resolve(Number(found[1]))
    })
    void exit.then(() => reject(new Error(text.stderr)))
  })
  return { child, port, exit, text, folder }
}

/** Sends one prediction; resolves with the status once its answer is complete. */
function post(port: number, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const sent = request({ port, host: '127.0.0.1', agent, method: 'POST', path: '/predict', headers }, (answer) => {
      answer.resume()
      answer.on('error', reject)
      answer.on('end', () => resolve(answer.statusCode!))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('mlwright serve', () => {
  it('names the model after its file and the version after its digest, and logs to standard output', async () => {
    const { port, child, exit, text } = await start('--log', '-')
    const answer = await fetch(`http://127.0.0.1:${port}/predict`, {
      method: 'POST',
      body: JSON.stringify(churn.row(0)),
    })
    expect(await answer.json()).toMatchObject({ model: 'model', version: expect.stringMatching(/^[0-9a-f]{12}$/) })
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    const lines = text.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ kind, model }) => kind ?? model)).toEqual(['policy', 'model'])
  })

  it('answers every request that was sent when it is told to stop, also of clients that come back until they are refused', async () => {
    const { port, child, exit } = await start('--log', 'log/predictions.jsonl')
    const agent = new Agent({ keepAlive: true, maxSockets: 16 })
    const body = JSON.stringify(churn.row(1))
    let answered = 0
    const lost: unknown[] = []
    const clients = Array.from({ length: 16 }, async () => {
      for (;;)
        try {
          const status = await post(port, agent, body)
          if (status !== 200) lost.push(status)
          if (++answered === 500) child.kill('SIGTERM')
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException
          if (code === 'ECONNREFUSED') return
          lost.push(code)
        }
    })
    await Promise.all(clients)
    expect(lost).toEqual([])
    expect(await exit).toBe(0)
    expect(answered).toBeGreaterThan(500)
    agent.destroy()
  })

  it('takes no body that its memory could not hold once it is parsed', async () => {
    const { port, exit, text } = await startWith(['--max-old-space-size=100'])
    const post = async (body: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/predict`, { method: 'POST', body })
      return { status: answer.status, error: ((await answer.json()) as { error: string }).error }
    }
    const { status, error } = await post(' '.repeat(12 * 2 ** 20))
    expect(status).toBe(413)
    const most = Number(/larger than (\d+) bytes/.exec(error)?.[1])
    for (const item of ['{},', '[],', '"",1.5,', '[[]],']) {
      const body = `[${item.repeat(Math.floor((most - 10) / item.length))}{}]`
      const sent = await Promise.race([Promise.all([post(body), post(body)]), exit.then(() => text.stderr)])
      expect(sent).toMatchObject([{ status: 400 }, { status: 400 }])
    }
  }, 60_000)

  it('rotates its log file and keeps every line', async () => {
    const { port, child, exit, folder } = await start(
      '--log',
      'log/predictions.jsonl',
      '--log-megabytes',
      '0.05',
      '--log-keep',
      '9',
    )
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    for (let k = 0; k < 200; k++) await post(port, agent, JSON.stringify(churn.row(k)))
    agent.destroy()
    child.kill('SIGINT')
    expect(await exit).toBe(0)
    const files = ['', '.1', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9'].map((ending) => {
      try {
        return readFileSync(join(folder, `log/predictions.jsonl${ending}`), 'utf8')
      } catch {
        return ''
      }
    })
    expect(files[1]).not.toBe('')
    // What was gathered while the machine was busy is written at once: up to 64 KiB and a line.
    expect(files.every((text) => text.length < 67_000)).toBe(true)
    expect(files.join('').trim().split('\n')).toHaveLength(201)
  })

  it('says in one sentence what is wrong and ends with 1', async () => {
    await expect(start('--policy', 'nowhere.json')).rejects.toThrow(
      'There is no file of the traffic policy at nowhere.json',
    )
    await expect(start('--api-keys-file', 'model.onnx')).rejects.toThrow(/model\.onnx:\d+|holds no key/)
    const first = await start()
    await expect(start('--port', String(first.port))).rejects.toThrow(/given twice/)
  })
})
