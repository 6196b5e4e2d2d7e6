import { declareFaultInterruptions } from './interrupted-faults.js';

// Each signal, and what leaves most behind: programs that stand still, and a cluster of which nothing runs. The nightly has
// every fault with every signal.
declareFaultInterruptions([
  { fault: 'freeze', on: 'node-2', signal: 'SIGKILL' },
  { fault: 'isolate', on: 'node-2', signal: 'SIGINT' },
  { fault: 'all-down', on: 'nodes', signal: 'SIGKILL' },
  { fault: 'rolling-restart', on: 'servers', signal: 'SIGTERM' },
]);
