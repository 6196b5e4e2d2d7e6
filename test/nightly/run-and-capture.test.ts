import { ALL, declareRunsAndCaptures } from '../captures/run-and-capture.js';

declareRunsAndCaptures(ALL);
