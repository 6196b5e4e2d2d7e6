import { declareFaultInterruptions } from '../interruptions/interrupted-faults.js';

declareFaultInterruptions(30);
