/** Every action by name, loaded when it is needed. */
export const actions = {
  validate: () => import('./validate/action.ts'),
  train: () => import('./train/action.ts'),
  evaluate: () => import('./evaluate/action.ts'),
  predict: () => import('./predict/action.ts'),
  package: () => import('./package/action.ts'),
  report: () => import('./report/action.ts'),
  register: () => import('./register/action.ts'),
  promote: () => import('./promote/action.ts'),
  show: () => import('./show/action.ts'),
  history: () => import('./history/action.ts'),
  verify: () => import('./verify/action.ts'),
  reproduce: () => import('./reproduce/action.ts'),
  diff: () => import('./diff/action.ts'),
  doctor: () => import('./doctor/action.ts'),
  monitor: () => import('./monitor/action.ts'),
  retrain: () => import('./retrain/action.ts'),
  detect: () => import('./detect/action.ts'),
  dashboard: () => import('./dashboard/action.ts'),
  mlwright: () => import('./mlwright/action.ts'),
} as const

export type ActionName = keyof typeof actions
