import { UserError } from '@mlwright/domain'

const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * A moment in Unix seconds from Unix seconds, a day (its last second in UTC), or a time in ISO 8601 (UTC without a zone).
 * Nothing stays nothing.
 * @throws UserError INPUT_INVALID for anything else.
 */
export function readMoment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  const day = text.length === 10
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) || day
  const milliseconds = iso.test(text) ? Date.parse(day ? `${text}T23:59:59Z` : zoned ? text : `${text}Z`) : Number.NaN
  const rolled = day && new Date(milliseconds).getUTCDate() !== Number(text.slice(8))
  if (Number.isNaN(milliseconds) || rolled)
    throw new UserError(
      'INPUT_INVALID',
      `\`at\` is ${JSON.stringify(text)}; write a day such as 2026-05-01, a time such as 2026-05-01T12:00Z, or Unix seconds.`,
    )
  return Math.floor(milliseconds / 1000)
}
