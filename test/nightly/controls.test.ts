import { declareControls } from '../controls/controlled-run.js';

declareControls(({ kinds }) => kinds);
