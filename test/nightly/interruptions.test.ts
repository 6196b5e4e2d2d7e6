import { declareInterruptions } from '../interruptions/interrupted-runs.js';

declareInterruptions(20);
