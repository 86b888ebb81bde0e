/** The `inbetween` command line: one file a command, each exporting register(program). */
import { Command } from 'commander';
import { VERSION } from './config';
import { register as animate } from './commands/animate';
import { register as conform } from './commands/conform';
import { register as connect } from './commands/connect';
import { register as doctor } from './commands/doctor';
import { register as farm } from './commands/farm';
import { register as inspect } from './commands/inspect';
import { register as models } from './commands/models';
import { register as notes } from './commands/notes';
import { register as queue } from './commands/queue';
import { register as relief } from './commands/relief';
import { register as renderJob } from './commands/render-job';
import { register as report } from './commands/report';
import { register as serve } from './commands/serve';
import { register as worker } from './commands/worker';
import { fail, hearNobody } from './speak';

const COMMANDS = [
  animate,
  conform,
  notes,
  relief,
  inspect,
  serve,
  queue,
  models,
  report,
  worker,
  farm,
  renderJob,
  doctor,
  connect,
];

const program = new Command('inbetween')
  .description('Turns storyboard boards into rough animatics, on this machine.')
  .version(VERSION)
  .showHelpAfterError();
for (const register of COMMANDS) register(program);

hearNobody();
program.parseAsync(process.argv).catch(fail);
