import { existsSync } from 'node:fs'
import { installPackage, isRoot, onPath, type Run, run } from './tools'

export type AlertmanagerPrograms = { alertmanager: string; amtool: string }
type Search = { path?: string; mayInstall?: boolean; run?: Run }

/** Where a package that is installed starts no service: in a container, which has an administrator and no systemd. */
const startsNothing = (): boolean => isRoot() && !existsSync('/run/systemd/system')

/**
 * An Alertmanager for the tests of inhibition: from PATH, else from the system packages; null where there is none. Debian's runs
 * only where it is installed: it looks for its templates at one place.
 */
export async function findAlertmanager(
  say: (note: string) => void,
  { path = process.env.PATH ?? '', mayInstall = startsNothing(), run: runner = run }: Search = {},
): Promise<AlertmanagerPrograms | null> {
  const found = (): AlertmanagerPrograms | null => {
    const [alertmanager, amtool] = [
      onPath('alertmanager', path) ?? onPath('prometheus-alertmanager', path),
      onPath('amtool', path),
    ]
    return alertmanager && amtool ? { alertmanager, amtool } : null
  }
  say('on this machine')
  if (!found() && mayInstall) {
    say('from the system packages')
    await installPackage(runner, ['prometheus-alertmanager', 'alertmanager', 'golang-github-prometheus-alertmanager'])
  }
  const programs = found()
  say(programs ? programs.alertmanager : 'none: its tests are left out')
  return programs
}
