import { none } from '../numbers.ts'

const iso = (seconds: number): string | null => {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** `2026-05-11 09:30`, in UTC. */
export const fmtMoment = (seconds: number): string => iso(seconds)?.slice(0, 16).replace('T', ' ') ?? none

/** `2026-05-11`, in UTC. */
export const fmtDay = (seconds: number): string => iso(seconds)?.slice(0, 10) ?? none
