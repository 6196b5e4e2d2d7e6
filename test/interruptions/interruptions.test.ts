import { declareInterruptions } from './interrupted-runs.js';

declareInterruptions(4);
