import { declareControls } from './controlled-run.js';

declareControls(({ always }) => always);
