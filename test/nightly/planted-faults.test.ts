import { declarePlantedFaults } from '../controls/faults/declare.js';

declarePlantedFaults(['dhcp6-ia-na', 'dhcp6-ia-pd']);
