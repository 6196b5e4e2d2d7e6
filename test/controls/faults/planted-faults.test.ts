import { declarePlantedFaults } from './declare.js';

declarePlantedFaults(['dhcp4']);
