import { describe, expect, it } from 'vitest'
import { LiveLine } from '../../packages/cli/src/live-line.ts'
import { TerminalProgress } from '../../packages/cli/src/terminal-progress.ts'
import { TerminalRunner } from '../../packages/cli/src/terminal-runner.ts'
import { Sink } from './fixture.ts'

const esc = String.fromCharCode(27)
const clear = `\r${esc}[K`
const terminal = () => Object.assign(new Sink(), { isTTY: true, columns: 20 })

describe('LiveLine', () => {
  it('writes lines above the live one, which it cuts to the width', () => {
    const stream = terminal()
    const line = new LiveLine(stream)
    line.draw('Training a model of churn')
    line.write('warning\n')
    line.draw('')
    expect(stream.text).toBe(`${clear}Training a model of${clear}warning\n${clear}Training a model of${clear}`)
  })

  it('draws nothing where nobody watches', () => {
    const stream = new Sink()
    const line = new LiveLine(stream)
    line.draw('Training')
    line.write('done\n')
    expect(stream.text).toBe('done\n')
  })
})

describe('TerminalProgress', () => {
  const during = async (stream: Sink, times: readonly number[]) => {
    let now = 0
    const progress = new TerminalProgress(new LiveLine(stream), () => now)
    await progress.during('Training', async (update) => {
      for (const time of times) {
        now = time
        update(`${time} of 20000`)
      }
    })
    return stream.text
  }

  it('says nothing of a step of less than a second', async () => {
    expect(await during(new Sink(), [100, 500, 999])).toBe('')
    expect(await during(terminal(), [100, 500, 999])).toBe('')
  })

  it('writes a line now and then where the output is not a terminal', async () => {
    expect(await during(new Sink(), [1000, 1500, 5000, 11_000, 12_000])).toBe(
      'Training: 1000 of 20000 (1 s)\nTraining: 11000 of 20000 (11 s)\n',
    )
  })

  it('keeps one live line on a terminal, and removes it at the end', async () => {
    const stream = Object.assign(terminal(), { columns: 80 })
    expect(await during(stream, [1000, 1050, 1100])).toBe(
      `${clear}- Training: 1000 of 20000 (1 s)${clear}\\ Training: 1100 of 20000 (1 s)${clear}`,
    )
  })
})

describe('TerminalRunner', () => {
  it('says places as editors understand them, and keeps foreign control characters out', () => {
    let text = ''
    const runner = new TerminalRunner({
      write(part) {
        text += part
      },
    })
    const location = { file: 'c.yaml', line: 3, column: 5 }
    runner.annotate([{ level: 'failure', title: 'range', message: 'Too old.', location }])
    runner.untrusted(`epoch 1\t${esc}[2Jdone\n`)
    runner.fail('No.')
    expect(text).toBe('c.yaml:3:5: error: Too old.\nepoch 1\t[2Jdone\nerror: No.\n')
  })
})
