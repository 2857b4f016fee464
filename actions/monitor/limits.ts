import { Limits, nearest, UserError } from '@mlwright/domain'

const known = Object.keys(Limits.shape)

/** Limits in one line, such as `latency-p99-ms: 50, error-rate: 0.01`. Throws `UserError` INPUT_INVALID for anything else. */
export function parseLimits(text: string | undefined): Limits | undefined {
  if (text === undefined) return undefined
  const pairs = text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): [string, number] => {
      const [, name = part, value = ''] = /^([\w-]+)\s*[:=]\s*(\S+)$/.exec(part) ?? []
      const key = name.replaceAll('-', '_')
      const near = nearest(key, known)
      if (!known.includes(key))
        throw new UserError(
          'INPUT_INVALID',
          `The input \`limits\` has no limit ${name}; ${near ? `did you mean ${near}?` : `limits are ${known.join(', ')}.`}`,
        )
      const limit = value === '' ? Number.NaN : Number(value)
      if (!(limit >= 0))
        throw new UserError(
          'INPUT_INVALID',
          `The limit ${name} is ${value || 'empty'}; give a number from 0 on, such as \`${name}: 50\`.`,
        )
      return [key, limit]
    })
  return Object.fromEntries(pairs)
}
