/** A name beside a file or folder that nothing else uses, to write to and rename from. */
export const temporaryName = (target: string): string => `${target}.${Math.random().toString(36).slice(2, 10)}.tmp`
