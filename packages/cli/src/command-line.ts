import type { Action } from '@mlwright/action'

/** What somebody wrote after the name of a command. */
export interface CommandLine {
  readonly values: ReadonlyMap<string, string>
  readonly json: boolean
  readonly help: boolean
  /** What cannot be read as `--name value`, one sentence each. */
  readonly problems: readonly string[]
}

/** Reads `--name value`, `--name=value`, `--flag`, `--no-flag`, `--json`, `--help`, and words for the action's positional inputs. */
export function readCommandLine(
  argv: readonly string[],
  { inputs, positional = [] }: Pick<Action, 'inputs' | 'positional'>,
): CommandLine {
  const values = new Map<string, string>()
  const problems: string[] = []
  const isFlag = (name: string) => inputs[name]?.kind === 'flag'
  let json = false
  let help = false
  const set = (name: string, value: string) => {
    if (values.has(name)) problems.push(`\`--${name}\` is given twice; give it once.`)
    values.set(name, value)
  }
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!
    const option = /^--([^=]+)(?:=(.*))?$/s.exec(word)
    if (word === '--json') json = true
    else if (word === '--help' || word === '-h') help = true
    else if (!option) {
      const name = positional.find((input) => !values.has(input))
      if (name !== undefined) set(name, word)
      else problems.push(`\`${word}\` is not an option; write \`--name value\`.`)
    } else {
      const name = option[1]!
      const next = argv[at + 1]
      const negated = name.startsWith('no-') && isFlag(name.slice(3))
      if (option[2] !== undefined) set(name, option[2])
      else if (negated) set(name.slice(3), 'false')
      else if (isFlag(name) && next !== 'true' && next !== 'false') set(name, 'true')
      else if (next === undefined || next.startsWith('--')) {
        if (inputs[name] === undefined) set(name, '')
        else problems.push(`\`--${name}\` needs a value.`)
      } else {
        set(name, next)
        at++
      }
    }
  }
  return { values, json, help, problems }
}
