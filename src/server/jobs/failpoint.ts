/**
 * Where a test kills the process: `TANDEM_FAILPOINT=<name>` or `<name>:<n>` for the nth time that it is
 * reached. Without the variable it does nothing.
 */
const [wanted, nth = '1'] = (process.env.TANDEM_FAILPOINT ?? '').split(':')
let left = Number(nth)

export function failpoint(name: string): void {
  if (wanted !== name) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}
