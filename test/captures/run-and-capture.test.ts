import { declareRunsAndCaptures } from './run-and-capture.js';

declareRunsAndCaptures(['ia-na-and-pd']);
