const lowerIsBetter = new Set(['log_loss', 'brier', 'ece', 'mae', 'rmse', 'mape', 'median_ae'])

/** Whether more or less of a metric is better. */
export function metricDirection(metric: string): 'higher' | 'lower' {
  return lowerIsBetter.has(metric) ? 'lower' : 'higher'
}
