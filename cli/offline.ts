import { Command } from 'commander'
import { addDriftCommand } from './drift-command'
import { addFileCommands } from './files'

// What works without a database starts without one: no generated client, no connection.

const program = new Command('headroom').exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
addFileCommands(program)
addDriftCommand(program)
await program.parseAsync()
