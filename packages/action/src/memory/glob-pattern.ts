/** The regular expression of a glob with `*`, `**`, `?`, `[...]` and `{a,b}`; none but a literal dot matches a name that begins with one. */
export function globPattern(glob: string): RegExp {
  let source = ''
  let depth = 0
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at)
    const start = at === 0 || glob[at - 1] === '/' ? '(?!\\.)' : ''
    const set = /^\[([!^]?)([^\]]+)\]/.exec(rest)
    if (rest.startsWith('**/')) {
      source += '(?:(?!\\.)[^/]+/)*'
      at += 2
    } else if (rest === '**') {
      source += '(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+'
      at += 1
    } else if (rest[0] === '*') source += `${start}[^/]*`
    else if (rest[0] === '?') source += `${start}[^/]`
    else if (set) {
      source += `${start}[${set[1] ? '^' : ''}${set[2]!.replaceAll('\\', '\\\\')}]`
      at += set[0].length - 1
    } else if (rest[0] === '{') {
      source += '(?:'
      depth++
    } else if (rest[0] === '}' && depth > 0) {
      source += ')'
      depth--
    } else if (rest[0] === ',' && depth > 0) source += '|'
    else source += rest[0]!.replace(/[.+^$()|[\]{}\\]/, '\\$&')
  }
  return new RegExp(`^${source}$`)
}
