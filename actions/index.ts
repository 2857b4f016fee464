/** Every action by name, loaded when it is needed. */
export const actions = {
  validate: () => import('./validate/action.ts'),
  train: () => import('./train/action.ts'),
  evaluate: () => import('./evaluate/action.ts'),
  report: () => import('./report/action.ts'),
  monitor: () => import('./monitor/action.ts'),
  mlwright: () => import('./mlwright/action.ts'),
} as const

export type ActionName = keyof typeof actions
