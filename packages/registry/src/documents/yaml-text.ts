type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml | undefined }

/** Text in double quotes, which YAML reads as JSON does; what YAML calls unprintable is escaped. */
const quoted = (text: string) =>
  JSON.stringify(text.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Names, words and numbers that no YAML reader takes for something else stay bare as keys. */
const keyText = (key: string) =>
  /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z_][\w.-]*$/i.test(key) ? key : quoted(key)

/** YAML 1.1 takes `1e-7` for text, and `1.0e-7` for a number. */
const plain = (value: number | boolean | null | undefined) => String(value).replace(/^(-?\d+)e/, '$1.0e')

function blockLines(value: Yaml | undefined): string[] {
  if (value !== null && typeof value === 'object' && Object.keys(value).length === 0)
    return [Array.isArray(value) ? '[]' : '{}']
  if (Array.isArray(value)) {
    return value.flatMap((item: Yaml) => {
      const [first, ...rest] = blockLines(item)
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)]
    })
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, item]) => {
      if (item === undefined) return []
      const lines = blockLines(item)
      const scalar = item === null || typeof item !== 'object' || Object.keys(item).length === 0
      return scalar ? [`${keyText(key)}: ${lines[0]}`] : [`${keyText(key)}:`, ...lines.map((line) => `  ${line}`)]
    })
  }
  return [typeof value === 'string' ? quoted(value) : plain(value)]
}

/** A value as block YAML: every text in double quotes, keys in the order that they have; undefined ones are left out. */
export function yamlText(value: { readonly [key: string]: Yaml | undefined }): string {
  return `${blockLines(value).join('\n')}\n`
}
