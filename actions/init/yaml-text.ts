/** A scalar of YAML 1.2 that reads back as this text or number, plain where that is safe. */
export function yamlText(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  const plain = /^[A-Za-z][\w./-]*( [\w./-]+)*$/.test(value)
  const reserved = /^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
  if (plain && !reserved) return value
  return /\p{Cc}/u.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`
}
