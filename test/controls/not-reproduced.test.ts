import { declarePlanted, PLANTED } from './not-reproduced.js';

declarePlanted(PLANTED.filter(({ outside }) => outside === 'appearancePercent'));
