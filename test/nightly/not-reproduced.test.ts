import { declarePlanted, PLANTED } from '../controls/not-reproduced.js';

declarePlanted(PLANTED);
