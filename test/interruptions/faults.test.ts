import { declareFaultInterruptions } from './interrupted-faults.js';

declareFaultInterruptions(6);
