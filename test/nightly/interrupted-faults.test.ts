import { declareFaultInterruptions, EVERY_FAULT_AND_SIGNAL } from '../interruptions/interrupted-faults.js';

declareFaultInterruptions(EVERY_FAULT_AND_SIGNAL);
