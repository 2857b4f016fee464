/** A request that cannot be answered as it asks: the status, and a sentence for whoever sent it. */
export class HttpError extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'HttpError'
    this.status = status
    this.headers = headers
  }
}

/** 400: the request itself is wrong. */
export const badRequest = (message: string) => new HttpError(400, message)
