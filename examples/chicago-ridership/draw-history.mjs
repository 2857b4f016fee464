export const drawHistory = (history) => `${JSON.stringify(history)}\n`
