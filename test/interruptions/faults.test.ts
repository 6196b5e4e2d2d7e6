import { declareFaultInterruptions } from './interrupted-faults.js';

// Each signal, and what leaves most behind: programs that stand still, and a cluster of which nothing runs.
declareFaultInterruptions([
  { fault: 'freeze', on: 'node-2', signal: 'SIGKILL' },
  { fault: 'freeze', on: 'server-2', signal: 'SIGINT' },
  { fault: 'kill', on: 'node-2', signal: 'SIGTERM' },
  { fault: 'isolate', on: 'node-2', signal: 'SIGINT' },
  { fault: 'all-down', on: 'nodes', signal: 'SIGKILL' },
  { fault: 'partition', on: 'links', signal: 'SIGKILL' },
  { fault: 'rolling-restart', on: 'servers', signal: 'SIGTERM' },
]);
