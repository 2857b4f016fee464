import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'

/**
 * A package's JavaScript as one file beside a program, `<package>-<version>.cjs`; it gets its native part by `require`.
 * DuckDB's hundred files cost as much to load as Node itself. Null where there is no such file of the version that the
 * native part has.
 */
export function oneFile(program: string, name: string, native: string, require: NodeJS.Require): unknown {
  let filename: string
  let code: string
  try {
    const { version } = require(`${native}/package.json`) as { version: string }
    filename = join(dirname(program), `${name.replace('@', '').replace('/', '-')}-${version}.cjs`)
    code = readFileSync(filename, 'utf8')
  } catch {
    return null
  }
  const module = { exports: {} }
  const names = ['exports', 'require', 'module', '__filename', '__dirname']
  compileFunction(code, names, { filename })(module.exports, require, module, filename, dirname(filename))
  return module.exports
}
